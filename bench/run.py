#!/usr/bin/env python3
# `make bench`: measures the release programs and prints tables of ratios and goals. Arguments (as
# `make bench BENCH="screen --rounds 1"`): which parts, and how much of them.
import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import live  # noqa: E402
import relay  # noqa: E402
import screen  # noqa: E402
import search  # noqa: E402
import sending  # noqa: E402
import webhooks  # noqa: E402


PARTS = ["screen", "search", "live", "relay", "webhooks", "sending"]


def main():
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, "million", []],
                        help="which parts; all but `million` without")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--mails", type=int, default=100_000)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--backlog", type=int, default=10_000)
    parser.add_argument("--replies", type=int, default=1000)
    parser.add_argument("--strict", action="store_true", help="exit 1 when a goal is missed")
    options = parser.parse_args()
    parts = options.parts or PARTS
    missed = 0
    if "screen" in parts:
        missed += screen.run(options.rounds, options.leads, options.messages, options.mails)
    if "search" in parts:
        missed += search.run(options.rounds, options.leads, options.messages, options.mails)
    if "live" in parts:
        missed += live.run(leads=options.leads)
    if "relay" in parts:
        missed += relay.run(options.rounds, options.posts)
    if "million" in parts:
        missed += relay.run_million()
    if "webhooks" in parts:
        missed += webhooks.run(options.rounds, options.backlog)
    if "sending" in parts:
        missed += sending.run(options.replies)
    print(f"\n{missed} goals missed" if missed else "\nevery goal reached")
    sys.exit(1 if missed and options.strict else 0)


if __name__ == "__main__":
    main()
