#!/usr/bin/env python3
"""Checks the crates of Cargo.lock by the rules of deny.toml: licenses, sources, and crates in several versions.

It does what `cargo deny --all-features check licenses sources bans` does, which takes long to compile."""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def is_allowed(license, allowed):
    """Evaluates an SPDX expression; a slash is an old way to write OR."""
    tokens = re.findall(r"\(|\)|[^\s()/]+|/", license)
    tokens = ["OR" if token == "/" else token for token in tokens]
    # "Apache-2.0 WITH LLVM-exception" is one term.
    terms = []
    while tokens:
        token = tokens.pop(0)
        if tokens[:1] == ["WITH"]:
            token = f"{token} WITH {tokens[1]}"
            del tokens[:2]
        terms.append(token)
    words = {"OR": "or", "AND": "and", "(": "(", ")": ")"}
    return eval(" ".join(words.get(term) or str(term in allowed) for term in terms))


def version_key(version):
    return [int(part) for part in re.split(r"[.+-]", version) if part.isdigit()]


def problems(packages, rules):
    licenses, bans = rules["licenses"], rules["bans"]
    exceptions = {entry["name"]: set(entry["allow"]) for entry in licenses["exceptions"]}
    for package in packages:
        place = f"{package['name']} {package['version']}"
        allowed = set(licenses["allow"]) | exceptions.get(package["name"], set())
        license = package["license"] or "none"
        if not is_allowed(license, allowed):
            yield f"{place} has the license {license}, which deny.toml doesn't allow"
        source = package["source"]
        if source and source.removeprefix("registry+") not in rules["sources"]["allow-registry"]:
            yield f"{place} comes from {source}, which deny.toml doesn't allow"
    skipped = {(entry["name"], entry["version"].removeprefix("=")) for entry in bans["skip"]}
    versions = collections.defaultdict(set)
    for package in packages:
        versions[package["name"]].add(package["version"])
    old = set()
    for name, all_versions in versions.items():
        newest = max(all_versions, key=version_key)
        old |= {(name, version) for version in all_versions - {newest}}
    for name, version in sorted(old - skipped):
        yield f"{name} {version} is there besides a newer version; see `cargo tree --invert {name}@{version}`"
    for name, version in sorted(skipped - old):
        yield f"{name} {version} is gone; delete it from deny.toml"
    for name in sorted(set(exceptions) - set(versions)):
        yield f"{name} is gone; delete its exception from deny.toml"


def main():
    rules = tomllib.loads((ROOT / "deny.toml").read_text())
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    packages = metadata["packages"]
    found = list(problems(packages, rules))
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        sys.exit(1)
    print(f"{len(packages)} crates: licenses, sources and versions are as deny.toml says")


main()
