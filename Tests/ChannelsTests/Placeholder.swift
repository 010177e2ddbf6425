import Testing

@Test func channelsTestsBuilds() {}
