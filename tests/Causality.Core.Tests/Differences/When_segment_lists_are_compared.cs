using Causality.Core.Tests.Support;
using FsCheck.Fluent;

namespace Causality.Core.Tests.Differences;

public class When_segment_lists_are_compared
{
    private static readonly FsCheck.Gen<(SegmentMetadata[] Ours, SegmentMetadata[] Theirs)> Pairs =
        from ours in Generators.Catalogue
        from theirs in Generators.Catalogue
        select (ours, theirs);

    [Fact]
    public void A_list_does_not_differ_from_itself() => Generators.Holds(Generators.Catalogue, list => SegmentDiffer.Compare(list, list.Reverse()).IsEmpty);

    [Fact]
    public void Changing_sides_changes_the_roles_and_nothing_else() => Generators.Holds(Pairs, lists =>
    {
        var here = SegmentDiffer.Compare(lists.Ours, lists.Theirs);
        var there = SegmentDiffer.Compare(lists.Theirs, lists.Ours);
        return here.MissingLocally.SequenceEqual(there.MissingRemotely)
            && here.MissingRemotely.SequenceEqual(there.MissingLocally)
            && here.Differing.SequenceEqual(there.Differing.Select(pair => new SegmentDifference(pair.Remote, pair.Local)));
    });

    [Fact]
    public void The_lists_equal_those_of_plain_set_operations() => Generators.Holds(Pairs, lists =>
    {
        var diff = SegmentDiffer.Compare(lists.Ours, lists.Theirs);
        var differing = lists.Ours.Join(lists.Theirs, one => one.Id, one => one.Id, (ours, theirs) => new SegmentDifference(ours, theirs)).Where(pair => pair.Local.ContentHash != pair.Remote.ContentHash);
        return diff.MissingLocally.SequenceEqual(lists.Theirs.ExceptBy(lists.Ours.Select(one => one.Id), one => one.Id).OrderBy(one => one.Id))
            && diff.MissingRemotely.SequenceEqual(lists.Ours.ExceptBy(lists.Theirs.Select(one => one.Id), one => one.Id).OrderBy(one => one.Id))
            && diff.Differing.SequenceEqual(differing.OrderBy(pair => pair.Local.Id));
    });

    [Fact]
    public void Metadata_other_than_the_hash_is_no_difference()
    {
        var ours = Generators.MetadataOf("s", 1);

        SegmentDiffer.Compare([ours], [ours with { Origin = Samples.Bob, SizeBytes = 99 }]).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_peer_that_lists_a_segment_twice_breaks_the_protocol()
    {
        var twice = new[] { Generators.MetadataOf("s", 1), Generators.MetadataOf("t", 1), Generators.MetadataOf("s", 2) };

        Should.Throw<ProtocolViolationException>(() => SegmentDiffer.Compare([], twice)).Message.ShouldContain("segment s ");
        Should.Throw<ArgumentException>(() => SegmentDiffer.Compare(twice, [])).ParamName.ShouldBe("local");
    }
}
