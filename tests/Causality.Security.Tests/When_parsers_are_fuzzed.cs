using Causality.Fuzzing;

namespace Causality.Security.Tests;

/// <summary>The short run of every build; <c>infra/scripts/fuzz.sh --minutes N</c> is the long one.</summary>
public sealed class When_parsers_are_fuzzed
{
    /// <summary>Fixed, so that a build is green or red for what has changed in it; the long run takes other seeds.</summary>
    private const int Seed = 20261126;

    private const int Cases = 5_500;

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Should_accept_or_refuse_within_bounds_and_do_nothing_else(string name)
    {
        var target = FuzzTargets.All.Single(one => one.Name == name);
        foreach (var seed in target.Seeds)
            target.Run(seed);
        var (accepted, fault) = FuzzRun.Cases(target, Seed, 0, Cases);
        fault.ShouldBeNull(fault?.ToString());
        accepted.ShouldBeInRange(1, Cases - 1, "cases that are all refused, or all accepted, try nothing");
    }

    [Fact]
    public void Should_be_a_hundred_thousand_cases() => (FuzzTargets.All.Count * Cases).ShouldBeGreaterThanOrEqualTo(100_000);

    [Fact]
    public void Should_make_the_same_case_again()
    {
        foreach (var target in FuzzTargets.All)
        {
            for (var number = 0; number < 50; number++)
                FuzzCase.Make(target, Seed, number).ShouldBe(FuzzCase.Make(target, Seed, number));
        }
    }

    [Fact]
    public void Should_find_a_parser_that_is_wrong_and_say_how_to_see_it_again()
    {
        var wrong = new FuzzTarget("wrong", [[1, 2, 3]], [[9]], input => input.Contains((byte)9) ? throw new NotSupportedException() : true);
        var (_, fault) = FuzzRun.Cases(wrong, 1, 0, 10_000);
        fault.ShouldNotBeNull().ToString().ShouldContain($"--target wrong --seed 1 --case {fault.Number}");
        fault.Fault.ShouldContain(nameof(NotSupportedException));
        FuzzRun.Cases(wrong, 1, fault.Number, 1).Fault.ShouldNotBeNull();
    }
}
