using Causality.Core;
using Causality.Storage.Log.Writing;
using Causality.Storage.Tests.Support;

namespace Causality.Storage.Tests.Log;

public sealed class When_blobs_are_swept() : OnADatabase(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task Those_in_use_and_young_ones_stay()
    {
        await using var store = await OpenAsync();
        var (used, old, young) = (Entries.Segment("s", Entries.Range(0, 3)), Entries.Segment("t", Entries.Range(3, 3)), Entries.Segment("u", Entries.Range(6, 3)));
        await store.Log.ImportSegmentAsync(used, Cancel);
        await store.Blobs.PutAsync([new(old.Metadata.ContentHash, old.Content), new(young.Metadata.ContentHash, young.Content)], Cancel);
        Age(used.Metadata.ContentHash);
        Age(old.Metadata.ContentHash);

        (await store.Get<BlobSweeper>().SweepOrphansAsync(TimeSpan.FromHours(1), Cancel)).ShouldBe(1);

        (await store.Log.ExportSegmentAsync(used.Metadata.Id, Cancel)).ShouldNotBeNull();
        (await store.Blobs.OpenAsync(old.Metadata.ContentHash, Cancel)).ShouldBeNull();
        (await store.Blobs.OpenAsync(young.Metadata.ContentHash, Cancel))!.Dispose();
    }

    [Fact]
    public async Task An_orphan_that_is_stored_again_is_young_again()
    {
        await using var store = await OpenAsync();
        var segment = Entries.Segment("s", Entries.Range(0, 3));
        await store.Blobs.PutAsync([new(segment.Metadata.ContentHash, segment.Content)], Cancel);
        Age(segment.Metadata.ContentHash);

        await store.Blobs.PutAsync([new(segment.Metadata.ContentHash, segment.Content)], Cancel);

        (await store.Get<BlobSweeper>().SweepOrphansAsync(TimeSpan.FromHours(1), Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Earlier_states_of_a_growing_segment_go_soon()
    {
        await using var store = await OpenAsync();
        for (var round = 0; round < 5; round++)
        {
            await store.Log.AppendAsync(Entries.New(round), Cancel);
            await store.Writer.PublishAsync(Cancel);
        }

        (await store.Get<BlobSweeper>().SweepRetiredAsync(TimeSpan.FromHours(1), Cancel)).ShouldBe(0);
        (await store.Get<BlobSweeper>().SweepRetiredAsync(TimeSpan.FromSeconds(-1), Cancel)).ShouldBe(4);
        (await store.ReadAsync()).Count.ShouldBe(5);
    }

    private void Age(ContentHash hash)
    {
        var hex = hash.ToString();
        File.SetLastWriteTimeUtc(Path.Combine(Database.Folder, "blobs", "sha256", hex[..2], hex[2..4], hex), DateTime.UtcNow.AddHours(-2));
    }
}
