import Testing

@Test func relayTestsBuilds() {}
