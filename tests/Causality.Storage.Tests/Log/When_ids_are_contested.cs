using Causality.Core;
using Causality.Storage.Log.Index;
using Causality.Storage.Tests.Support;

namespace Causality.Storage.Tests.Log;

public sealed class When_ids_are_contested() : OnADatabase(DatabaseProvider.Sqlite)
{
    private static readonly LogEntry One = Entries.New("x", 1);
    private static readonly LogEntry Two = Entries.New("x", 2);
    private static readonly LogEntry Three = Entries.New("x", 3);

    [Fact]
    public async Task All_versions_are_found_from_any_of_their_segments()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportBatchAsync(
            [Entries.Segment("s", One, Entries.New(7)), Entries.Segment("t", Two, Three), Entries.Segment("u", Two), Entries.Segment("quiet", Entries.New(8))], null, Cancel);

        foreach (var name in (string[])["s", "t", "u"])
        {
            var conflict = (await FindAsync(store, [new SegmentId(name)])).Single();
            conflict.EntryId.ShouldBe("x");
            conflict.Versions.Select(version => version.Key).ShouldBe([Three.Key, Two.Key, One.Key]);
            conflict.Versions[1].Segments.ShouldBe([new SegmentId("t"), new SegmentId("u")]);
        }

        (await FindAsync(store, [new SegmentId("quiet"), new SegmentId("nobody")])).ShouldBeEmpty();
        (await FindAsync(store, null)).Count.ShouldBe(1);
        store.Index.ConflictCount.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_entry_in_two_segments_is_no_conflict()
    {
        await using var store = await OpenAsync();
        await store.Log.ImportBatchAsync([Entries.Segment("s", One), Entries.Segment("t", One)], null, Cancel);

        (await FindAsync(store, null)).ShouldBeEmpty();
        store.Index.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_conflict_with_an_entry_of_the_journal_is_found_once_that_is_published()
    {
        await using var store = await OpenAsync();
        await store.Log.AppendAsync(One, Cancel);
        await store.Log.ImportSegmentAsync(Entries.Segment("t", Two), Cancel);
        await store.Writer.PublishAsync(Cancel);

        var conflict = (await FindAsync(store, [new SegmentId("t")])).Single();

        conflict.Versions.Select(version => version.Key).ShouldBe([Two.Key, One.Key]);
        (await store.ReadAsync()).ShouldBe([Two]);
    }

    [Fact]
    public async Task The_index_follows_a_segment_that_grows()
    {
        await using var store = await OpenAsync();
        for (var count = 1; count <= 60; count++)
        {
            await store.Log.ImportSegmentAsync(Entries.Segment("s", [.. Entries.Range(0, count * 5), .. count % 2 == 0 ? [One] : (LogEntry[])[Two]]), Cancel);
            await store.Index.RefreshAsync(Cancel);
        }

        store.Index.Count.ShouldBe(302);
        store.Index.VersionsOf("x").Select(version => version.Key).ShouldBe([Two.Key, One.Key]);
        store.Index.VersionsOf("entry-299").Single().Segments.ShouldBe([new SegmentId("s")]);
        store.Index.VersionsOf("nobody").ShouldBeEmpty();
        (await store.Log.GetByIdAsync("entry-150", Cancel)).ShouldBe(Entries.New(150));
    }

    private static async Task<List<ContestedId>> FindAsync(TestStore store, IReadOnlyCollection<SegmentId>? segments)
    {
        await store.Index.RefreshAsync(Cancel);
        var found = new List<ContestedId>();
        await foreach (var piece in store.Index.FindContestedAsync(segments, 2, Cancel))
            found.AddRange(piece);
        return found;
    }
}
