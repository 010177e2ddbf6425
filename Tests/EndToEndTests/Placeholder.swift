import Testing

@Test func endToEndTestsBuilds() {}
