import Foundation
import Hummingbird

@main struct SimulatorMain { static func main() {} }
