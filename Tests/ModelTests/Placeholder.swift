import Testing

@Test func modelTestsBuilds() {}
