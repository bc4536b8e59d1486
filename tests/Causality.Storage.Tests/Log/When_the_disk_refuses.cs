using Causality.Core;
using Causality.Storage.Log;
using Causality.Storage.Native;
using Causality.Storage.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Storage.Tests.Log;

public sealed class When_the_disk_refuses() : OnADatabase(DatabaseProvider.Sqlite)
{
    private readonly FailingDurability _disk = new();

    [Fact]
    public async Task An_append_is_not_acknowledged_and_not_visible()
    {
        await using var store = await OpenStoreAsync();
        await store.Log.AppendBatchAsync(Entries.Range(0, 2), Cancel);
        _disk.RefuseAppends = true;

        await Should.ThrowAsync<StorageUnavailableException>(() => store.Log.AppendBatchAsync(Entries.Range(2, 2), Cancel));

        (await store.ReadAsync()).ShouldBe(Entries.Range(0, 2));
        (await store.Log.CountAsync(Cancel)).ShouldBe(2);
        (await store.Log.GetByIdAsync("entry-2", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_retry_succeeds_in_another_segment_once_it_is_mended()
    {
        await using var store = await OpenStoreAsync();
        await store.Log.AppendBatchAsync(Entries.Range(0, 2), Cancel);
        _disk.RefuseAppends = true;
        await Should.ThrowAsync<StorageUnavailableException>(() => store.Log.AppendBatchAsync(Entries.Range(2, 2), Cancel));
        _disk.RefuseAppends = false;

        (await store.Log.AppendBatchAsync(Entries.Range(2, 2), Cancel)).Appended.ShouldBe(2);
        await store.Writer.PublishAsync(Cancel);

        (await store.ReadAsync()).ShouldBe(Entries.Range(0, 4));
        (await store.Log.GetHeadAsync(Cancel)).SegmentCount.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_refused_does_not_come_back_after_a_restart()
    {
        await using (var store = await OpenStoreAsync())
        {
            await store.Log.AppendBatchAsync(Entries.Range(0, 2), Cancel);
            _disk.RefuseAppends = true;
            await Should.ThrowAsync<StorageUnavailableException>(() => store.Log.AppendBatchAsync(Entries.Range(2, 2), Cancel));
            store.Crash();
        }

        _disk.RefuseAppends = false;
        await using var next = await OpenStoreAsync();
        await next.Log.CheckBatchAsync(Entries.Range(9, 1), Cancel);
        await next.Log.AppendAsync(Entries.New(9), Cancel);

        (await next.ReadAsync()).ShouldBe([.. Entries.Range(0, 2), Entries.New(9)]);
    }

    [Fact]
    public async Task An_import_stores_no_row()
    {
        await using var store = await OpenStoreAsync();
        (_disk.RefuseFiles, _disk.RefuseBarriers) = (true, true);

        await Should.ThrowAsync<StorageUnavailableException>(() => store.Log.ImportSegmentAsync(Entries.Segment("s", Entries.Range(0, 2)), Cancel));

        (await store.Log.GetHeadAsync(Cancel)).SegmentCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_failed_publishing_keeps_the_entries_and_is_made_up_for()
    {
        await using var store = await OpenStoreAsync();
        await store.Log.AppendBatchAsync(Entries.Range(0, 2), Cancel);
        _disk.RefuseFiles = true;
        await Should.ThrowAsync<StorageUnavailableException>(() => store.Writer.PublishAsync(Cancel));
        (await store.ReadAsync()).ShouldBe(Entries.Range(0, 2));

        _disk.RefuseFiles = false;
        await store.Writer.PublishAsync(Cancel);

        (await store.Log.GetHeadAsync(Cancel)).EntryCount.ShouldBe(2);
    }

    private Task<TestStore> OpenStoreAsync() => OpenAsync(services => services.AddSingleton<IDurability>(_disk));
}
