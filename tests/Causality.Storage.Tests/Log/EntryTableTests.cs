using System.Text;
using Causality.Core;
using Causality.Storage.Log.Index;
using Causality.Storage.Tests.Support;

namespace Causality.Storage.Tests.Log;

public sealed class EntryTableTests
{
    [Fact]
    public void A_segment_that_grows_a_thousand_times_stays_findable_and_small()
    {
        var table = new SegmentTable();
        for (var count = 1; count <= 1_000; count += 3)
        {
            table.Replace(new SegmentDigest(Entries.Segment("growing", Entries.Range(0, count))));
            table.Replace(new SegmentDigest(Entries.Segment("other", Entries.Range(count, 2))));
        }

        table.Entries.Count.ShouldBe(1_002);
        table.Entries.Conflicts.ShouldBe(0);
        var segment = Entries.Segment("growing", Entries.Range(0, 1_000));
        for (var index = 0; index < segment.Count; index++)
        {
            var location = table.LocationOf(segment.KeyAt(index).Hash).ShouldNotBeNull();
            location.Segment.Value.ShouldBeOneOf("growing", "other");
        }
    }

    [Fact]
    public void Whoever_comes_first_the_latest_leads()
    {
        var key = IdKeys.Of("x"u8);
        var versions = Enumerable.Range(0, 6).Select(number => new EntryKey(number / 2, ContentHash.Of(Encoding.UTF8.GetBytes($"{number}")))).ToArray();
        for (var seed = 0; seed < 50; seed++)
        {
            var table = new EntryTable();
            var order = versions.ToArray();
            new Random(seed).Shuffle(order);
            foreach (var version in order)
                table.Add(key, version);

            table.Entry(table.Latest(key)).Key.ShouldBe(versions.Max());
            table.Conflicts.ShouldBe(1);
        }
    }

    [Fact]
    public void Places_that_are_left_are_squeezed_out()
    {
        var table = new EntryTable();
        var moved = new List<(int Segment, int First)>();
        var entry = table.Add(IdKeys.Of("x"u8), Entries.New("x", 1).Key);
        for (var place = 0; place < 10_000; place++)
            table.AddPlace(entry, segment: place / 5_000, offset: place);

        table.RemovePlaces(0, 5_000);
        table.Compact((segment, first) => moved.Add((segment, first)));
        moved.ShouldBeEmpty();

        table.AddPlace(entry, segment: 2, offset: 0);
        table.RemovePlaces(5_000, 5_000);
        table.Compact((segment, first) => moved.Add((segment, first)));
        moved.ShouldBe([(2, 0)]);
        table.Entry(entry).FirstPlace.ShouldBe(0);
        table.Place(0).Next.ShouldBe(-1);
    }
}
