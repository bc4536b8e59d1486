using Causality.Core;
using Causality.Storage.Log.Writing;
using Causality.Storage.Tests.Support;

namespace Causality.Storage.Tests.Log;

public sealed class When_a_journal_is_torn
{
    private static readonly List<LogEntry>[] Groups = [Entries.Range(0, 3), [Entries.New("#1 2 3", 5, "\"\\n#9\"")], Entries.Range(10, 4)];
    private static readonly byte[] Header = JournalFormat.Header(new SegmentId("alpha.1"), new OperatorId("alpha"));
    private static readonly byte[][] Frames = [.. Groups.Select(group => JournalFormat.Frame(group).ToArray())];
    private static readonly byte[] Whole = [.. Header, .. Frames.SelectMany(frame => frame)];

    [Fact]
    public void At_any_byte_every_whole_group_is_recovered_and_nothing_else()
    {
        var ends = Frames.Select((_, index) => Header.Length + Frames.Take(index + 1).Sum(frame => frame.Length)).ToList();
        for (var length = 0; length <= Whole.Length; length++)
        {
            var content = JournalFormat.Read(Whole.AsMemory(0, length));
            if (length < Header.Length)
            {
                content.ShouldBeNull();
                continue;
            }

            content.ShouldNotBeNull().IsDamaged.ShouldBeFalse();
            content.Entries.ShouldBe(Groups.Take(ends.Count(end => end <= length)).SelectMany(group => group));
        }
    }

    [Fact]
    public void Garbage_behind_the_last_group_is_cut() =>
        JournalFormat.Read((byte[])[.. Whole, .. new byte[4096]]).ShouldNotBeNull().Entries.Count.ShouldBe(8);

    [Fact]
    public void A_bad_byte_before_the_last_group_is_damage_and_costs_its_own_group_only()
    {
        var bytes = Whole.ToArray();
        bytes[Header.Length + Frames[0].Length - 5] ^= 1;

        var content = JournalFormat.Read(bytes).ShouldNotBeNull();

        content.IsDamaged.ShouldBeTrue();
        content.Entries.ShouldBe([.. Groups[1], .. Groups[2]]);
    }

    [Fact]
    public void Any_single_bad_byte_costs_at_most_its_own_group()
    {
        for (var index = Header.Length; index < Whole.Length; index++)
        {
            var bytes = Whole.ToArray();
            bytes[index] ^= 1;

            JournalFormat.Read(bytes).ShouldNotBeNull().Entries.Count.ShouldBeOneOf(4, 5, 7);
        }
    }
}
