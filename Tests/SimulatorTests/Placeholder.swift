import Testing

@Test func simulatorTestsBuilds() {}
