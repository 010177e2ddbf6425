import Testing

@Test func settingsTestsBuilds() {}
