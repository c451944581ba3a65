// The times of the same cases with brain.js: a name and a median in seconds on each line. See peers.sh.
"use strict";

const { NeuralNetwork } = require("brain.js");

// A spiral of 500 samples. brain.js trains sample by sample; an iteration is one pass over all of them.
const data = [];
for (let i = 0; i < 500; i++) {
  const turn = (i % 250) / 250;
  const angle = 1.75 * turn * 2 * Math.PI + (i < 250 ? 0 : Math.PI);
  data.push({ input: [5 * turn * Math.sin(angle), 5 * turn * Math.cos(angle)], output: [i < 250 ? 1 : -1] });
}

function train(hiddenLayers) {
  const network = new NeuralNetwork({ inputSize: 2, hiddenLayers, outputSize: 1, activation: "tanh" });
  const iterations = 20;
  const options = { iterations, learningRate: 0.001, errorThresh: 1e-12, errorCheckInterval: iterations };
  // Warm up until the engine has compiled everything.
  const warmupStart = process.hrtime.bigint();
  while (process.hrtime.bigint() - warmupStart < 3e9) network.train(data, options);
  const samples = [];
  for (let i = 0; i < 21; i++) {
    const start = process.hrtime.bigint();
    network.train(data, options);
    samples.push(Number(process.hrtime.bigint() - start) / 1e9 / iterations);
  }
  return samples.sort((a, b) => a - b)[10];
}

// brain.js evaluates no loss besides its updates, so its time is compared with both of our cases.
const small = train([4, 2]);
console.log(`train 2-4-2-1, tanh, batch 10\t${small}`);
console.log(`train 2-4-2-1, without the epochs’ loss\t${small}`);
const deep = train([8, 8, 8, 8, 8, 8]);
console.log(`train 2-8-8-8-8-8-8-1, tanh, batch 10\t${deep}`);
console.log(`train 2-8-8-8-8-8-8-1, without it\t${deep}`);
