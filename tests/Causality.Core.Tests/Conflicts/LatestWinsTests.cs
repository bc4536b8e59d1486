using Causality.Core.Tests.Support;
using FsCheck.Fluent;

namespace Causality.Core.Tests.Conflicts;

public class LatestWinsTests
{
    private static readonly EntryKey Older = new(1, new ContentHash([.. Enumerable.Repeat((byte)0xFF, 32)]));
    private static readonly EntryKey Newer = new(2, default);

    [Fact]
    public void The_later_timestamp_wins_whatever_the_hash()
    {
        LatestWins.WinnerOf(Older, Newer).ShouldBe(Newer);
        LatestWins.WinnerOf(Newer, Older).ShouldBe(Newer);
        LatestWins.Compare(Newer, Older).ShouldBePositive();
        LatestWins.Compare(Older, Newer).ShouldBeNegative();
    }

    [Fact]
    public void Equal_timestamps_fall_back_to_the_greater_entry_hash()
    {
        var (smaller, greater) = (Older with { Hash = new ContentHash([1, .. new byte[31]]) }, Older with { Hash = new ContentHash([2, .. new byte[31]]) });

        LatestWins.WinnerOf(smaller, greater).ShouldBe(greater);
        LatestWins.WinnerOf(greater, smaller).ShouldBe(greater);
    }

    [Fact]
    public void The_winner_of_many_does_not_depend_on_their_order()
    {
        var rivals = Gen.Choose(0, 3).SelectMany(_ => Generators.Hash, (timestamp, hash) => new EntryKey(timestamp, hash)).NonEmptyListOf();
        Generators.Holds(rivals, keys => keys.Aggregate(LatestWins.WinnerOf) == keys.AsEnumerable().Reverse().Aggregate(LatestWins.WinnerOf));
    }

    [Fact]
    public void An_entry_is_no_rival_of_itself() => LatestWins.Compare(Older, Older).ShouldBe(0);
}
