import Testing

@Test func workerTestsBuilds() {}
