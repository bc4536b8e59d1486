using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Tests.Support;
using Microsoft.Extensions.Options;

namespace Causality.Storage.Tests.Blobs;

/// <summary>The contract on a folder, and what only a folder has: files, barriers and disks that refuse.</summary>
public sealed class FolderSegmentStoreTests : SegmentStoreContract, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("causality-blobs-").FullName;
    private readonly FailingDurability _disk = new();
    private readonly DataFolder _folder;

    public FolderSegmentStoreTests()
    {
        _folder = new DataFolder(Microsoft.Extensions.Options.Options.Create(new StorageOptions { DataFolder = _root }), _disk);
        Store = Open();
    }

    protected override ISegmentStore Store { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_content_stands_where_its_hash_says()
    {
        var (hash, content) = Contents(1)[0];
        await Store.PutAsync([new(hash, content)], Cancel);

        var hex = hash.ToString();
        var path = Path.Combine(_root, "blobs", "sha256", hex[..2], hex[2..4], hex);
        ContentHash.Of(await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(hash);
        Directory.GetFiles(Path.Combine(_root, "blobs", "tmp")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public async Task A_disk_that_refuses_the_bytes_stores_nothing_and_leaves_nothing(int count)
    {
        (_disk.RefuseFiles, _disk.RefuseBarriers) = (true, true);

        await Should.ThrowAsync<StorageUnavailableException>(() => Store.PutAsync(Contents(count), Cancel));

        (await ListAsync()).ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(_root, "blobs", "tmp")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_flush_is_not_tried_again()
    {
        await Store.PutAsync(Contents(1), Cancel);
        var before = _disk.Flushes;
        _disk.RefuseBarriers = true;

        await Should.ThrowAsync<StorageUnavailableException>(() => Store.PutAsync(Contents(30), Cancel));

        (_disk.Flushes - before).ShouldBe(1);
    }

    [Fact]
    public async Task A_disk_that_refuses_the_names_acknowledges_nothing_and_a_retry_succeeds()
    {
        await Store.PutAsync(Contents(1), Cancel);
        _disk.RefuseDirectories = true;
        await Should.ThrowAsync<StorageUnavailableException>(() => Store.PutAsync(Contents(2), Cancel));

        _disk.RefuseDirectories = false;
        await Store.PutAsync(Contents(2), Cancel);

        (await ListAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Leftovers_of_a_crash_are_swept_when_they_are_old()
    {
        var temporary = Directory.CreateDirectory(Path.Combine(_root, "blobs", "tmp")).FullName;
        var (old, young) = (Path.Combine(temporary, "old.tmp"), Path.Combine(temporary, "young.tmp"));
        await File.WriteAllTextAsync(old, "x", Cancel);
        await File.WriteAllTextAsync(young, "x", Cancel);
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));

        await Open().PutAsync(Contents(1), Cancel);

        File.Exists(old).ShouldBeFalse();
        File.Exists(young).ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_that_is_a_file_is_refused_with_its_name()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "blobs"), "in the way", Cancel);

        var error = await Should.ThrowAsync<StorageUnavailableException>(() => Store.PutAsync(Contents(1), Cancel));

        error.Message.ShouldContain(Path.Combine(_root, "blobs"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private FolderSegmentStore Open() => new(_folder, new BlobBatchWriter(_folder, _disk), TimeProvider.System);
}
