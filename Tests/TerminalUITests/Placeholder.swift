import Testing

@Test func terminalUITestsBuilds() {}
