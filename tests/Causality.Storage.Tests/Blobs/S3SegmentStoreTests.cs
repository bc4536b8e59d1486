using Causality.Core;
using Causality.Storage.Blobs;
using Causality.Storage.Blobs.S3;
using Causality.Storage.Maintenance;
using Causality.Storage.Tests.Support;

namespace Causality.Storage.Tests.Blobs;

/// <summary>The contract on a bucket of a real server, each test under a prefix of its own, and what only a bucket has.</summary>
public sealed class S3SegmentStoreTests : SegmentStoreContract, IClassFixture<S3Server>, IDisposable
{
    private readonly StorageOptions _options;
    private readonly S3Bucket _bucket;

    public S3SegmentStoreTests(S3Server server)
    {
        Assert.SkipWhen(server.Endpoint is null, server.WhyMissing);
        _options = new StorageOptions { Store = SegmentStoreKind.S3, S3 = { Bucket = S3Server.Bucket, Prefix = $"{Guid.NewGuid():N}/", Endpoint = server.Endpoint, PathStyle = true } };
        _bucket = new S3Bucket(Options(_options));
        Store = new S3SegmentStore(_bucket, Options(_options), TimeProvider.System);
    }

    protected override ISegmentStore Store { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_content_goes_up_in_parts_and_comes_back_whole()
    {
        var content = new byte[S3Bucket.MultipartBytes + 1_000_003];
        new Random(7).NextBytes(content);
        var hash = ContentHash.Of(content);

        await Store.PutAsync([new(hash, content)], Cancel);
        await Store.PutAsync([new(hash, content)], Cancel);

        (await _bucket.ReadAsync(hash, Cancel)).ShouldBe(content);
        (await Store.SweepLeftOversAsync(DateTimeOffset.UtcNow.AddHours(1), dryRun: false, Cancel)).Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_list_of_several_pages_is_whole()
    {
        var contents = Enumerable.Range(0, 1_050).Select(number => BitConverter.GetBytes(number)).Select(bytes => new KeyValuePair<ContentHash, ReadOnlyMemory<byte>>(ContentHash.Of(bytes), bytes)).ToList();
        await Store.PutAsync(contents, Cancel);

        (await ListAsync()).Select(stored => stored.Hash).ToHashSet().SetEquals(contents.Select(content => content.Key)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_set_aside_is_out_of_sight_and_kept()
    {
        var content = Contents(1)[0];
        await Store.PutAsync([content], Cancel);

        (await Store.SetAsideAsync(content.Key, Cancel)).ShouldBeTrue();
        (await Store.SetAsideAsync(content.Key, Cancel)).ShouldBeFalse();

        (await Store.OpenAsync(content.Key, Cancel)).ShouldBeNull();
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_content_that_is_stored_while_it_is_swept_stays()
    {
        var content = Contents(1)[0];
        await Store.PutAsync([content], Cancel);
        // The sweep has set its mark and is about to delete.
        await _bucket.MarkAsync(_bucket.SweepKeyOf(content.Key), Cancel);
        var later = new ManualTime(TimeSpan.FromMinutes(2));
        var storing = new S3SegmentStore(_bucket, Options(_options), later).StoreAsync(content.Key, content.Value, Cancel);
        await _bucket.DeleteAsync(_bucket.KeyOf(content.Key), Cancel);
        await _bucket.DeleteAsync(_bucket.SweepKeyOf(content.Key), Cancel);

        await storing;

        (await _bucket.ReadAsync(content.Key, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_whole_operator_lives_in_a_bucket_and_its_damage_is_found_and_mended()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var store = await TestStore.OpenAsync(options =>
        {
            database.Configure(options);
            (options.Store, options.S3) = (SegmentStoreKind.S3, _options.S3);
        });
        var segments = Enumerable.Range(0, 20).Select(number => Entries.Segment($"s-{number:00}", Entries.Range(number * 3, 3))).ToList();
        await store.Log.ImportBatchAsync(segments, null, Cancel);
        await store.Log.AppendAsync(Entries.New(1_000), Cancel);
        await store.Writer.PublishAsync(Cancel);
        await Store.SetAsideAsync(segments[3].Metadata.ContentHash, Cancel);
        await _bucket.OverwriteAsync(segments[4].Metadata.ContentHash, "rot"u8.ToArray(), Cancel);

        await using var other = await TestStore.OpenAsync(options =>
        {
            database.Configure(options);
            (options.Store, options.S3) = (SegmentStoreKind.S3, _options.S3);
        });
        var found = await other.Get<LogVerifier>().VerifyAsync(new VerifyOptions(), null, Cancel);
        var mended = await other.Get<LogVerifier>().VerifyAsync(new VerifyOptions { RepairFrom = new OtherCopy(segments) }, null, Cancel);

        found.Damages.Select(damage => damage.Kind).ShouldBe([DamageKinds.Missing, DamageKinds.WrongSize]);
        mended.IsSound.ShouldBeTrue();
        (await other.ReadAsync()).Count.ShouldBe(61);
        Directory.Exists(Path.Combine(database.Folder, "blobs", "sha256")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named()
    {
        var lost = new StorageOptions { S3 = { Bucket = "nobodys-bucket", Endpoint = _options.S3.Endpoint, PathStyle = true } };
        using var bucket = new S3Bucket(Options(lost));
        var store = new S3SegmentStore(bucket, Options(lost), TimeProvider.System);

        (await Should.ThrowAsync<StorageUnavailableException>(() => store.PutAsync(Contents(1), Cancel))).Message.ShouldContain("nobodys-bucket");
    }

    public void Dispose() => _bucket?.Dispose();

    private static Microsoft.Extensions.Options.IOptions<StorageOptions> Options(StorageOptions options) => Microsoft.Extensions.Options.Options.Create(options);

    /// <summary>A clock that is ahead.</summary>
    private sealed class ManualTime(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
