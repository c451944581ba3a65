pub fn draw() -> String {
    String::new()
}
