import Testing

@Test func screensTestsBuilds() {}
