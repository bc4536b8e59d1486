using FsCheck;
using FsCheck.Fluent;

namespace Causality.Core.Tests;

public sealed class SegmentScopeTests
{
    private static readonly Gen<string> Ids =
        from first in Gen.Elements("09AZaz".ToCharArray())
        from rest in Gen.Elements("-.09AZ_az".ToCharArray()).ArrayOf()
        select first + new string(rest.Take(5).ToArray());

    [Fact]
    public void What_is_greater_than_the_last_before_a_prefix_is_what_is_not_below_the_prefix() => Prop.ForAll(
        Ids.ToArbitrary(), Ids.ToArbitrary(), (prefix, id) =>
            (SegmentScope.LastBefore(prefix) is not { } before || new SegmentId(id) > before) == (string.CompareOrdinal(id, prefix) >= 0)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void An_intersection_holds_what_both_hold() => Prop.ForAll(
        Ids.ListOf().ToArbitrary(), Ids.ListOf().ToArbitrary(), Ids.ToArbitrary(), (left, right, id) =>
        {
            var (one, other) = (SegmentScope.Of([.. left.Take(16)]), SegmentScope.Of([.. right.Take(16)]));
            return one.Intersect(other).Contains(new SegmentId(id)) == (one.Contains(new SegmentId(id)) && other.Contains(new SegmentId(id))) && one.Intersect(other).Equals(other.Intersect(one));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_whole_log_is_neutral_and_nothing_stays_nothing()
    {
        var some = SegmentScope.Of(["a"]);

        SegmentScope.Everything.Intersect(some).ShouldBe(some);
        some.Intersect(SegmentScope.Everything).ShouldBe(some);
        some.Intersect(SegmentScope.Of(["b"])).ShouldBe(SegmentScope.Nothing);
        SegmentScope.Nothing.ShouldNotBe(SegmentScope.Everything);
        SegmentScope.Nothing.Contains(new SegmentId("a")).ShouldBeFalse();
    }

    [Fact]
    public void Prefixes_come_in_one_form() => SegmentScope.Of(["b", "a.1", "b-2", "a.1"]).Prefixes.ShouldBe(["a.1", "b"]);

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a/b")]
    [InlineData("*")]
    [InlineData("a,b")]
    public void What_begins_no_segment_id_is_refused(string prefix) => Should.Throw<FormatException>(() => SegmentScope.Of([prefix])).Message.ShouldContain("begins no segment id");

    [Fact]
    public void Too_many_prefixes_are_refused() => Should.Throw<FormatException>(() => SegmentScope.Of([.. Enumerable.Range(0, 17).Select(number => $"p{number}")]));
}
