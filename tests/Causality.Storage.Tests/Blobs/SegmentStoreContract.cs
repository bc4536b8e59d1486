using System.Text;
using Causality.Core;
using Causality.Storage.Blobs;

namespace Causality.Storage.Tests.Blobs;

/// <summary>What every <see cref="ISegmentStore"/> does.</summary>
public abstract class SegmentStoreContract
{
    protected abstract ISegmentStore Store { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(40)]
    public async Task Contents_come_back_as_they_were_put(int count)
    {
        var contents = Contents(count);

        await Store.PutAsync(contents, Cancel);

        foreach (var (hash, content) in contents)
            (await ReadAsync(hash)).ShouldBe(content.ToArray());
    }

    [Fact]
    public async Task Unknown_content_is_null() => (await Store.OpenAsync(ContentHash.Of("nobody"u8), Cancel)).ShouldBeNull();

    [Fact]
    public async Task An_empty_batch_does_nothing()
    {
        await Store.PutAsync([], Cancel);

        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Putting_twice_keeps_one()
    {
        await Store.PutAsync(Contents(3), Cancel);
        await Store.PutAsync([.. Contents(5), .. Contents(2)], Cancel);

        (await ListAsync()).Select(stored => stored.Hash).Order().ShouldBe(Contents(5).Select(content => content.Key).Order());
    }

    [Fact]
    public async Task The_list_tells_size_and_time()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-2);
        var content = Contents(1)[0];
        await Store.PutAsync([content], Cancel);

        var stored = (await ListAsync()).Single();

        stored.SizeBytes.ShouldBe(content.Value.Length);
        stored.StoredAt.ShouldBeInRange(before, DateTimeOffset.UtcNow.AddSeconds(2));
    }

    [Fact]
    public async Task A_deleted_content_is_gone_and_deleting_again_is_harmless()
    {
        var content = Contents(1)[0];
        await Store.PutAsync([content], Cancel);

        await Store.DeleteAsync(content.Key, Cancel);
        await Store.DeleteAsync(content.Key, Cancel);

        (await Store.OpenAsync(content.Key, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task An_open_content_stays_readable_after_its_delete()
    {
        var content = Contents(1)[0];
        await Store.PutAsync([content], Cancel);
        await using var open = (await Store.OpenAsync(content.Key, Cancel))!;

        await Store.DeleteAsync(content.Key, Cancel);

        var bytes = new byte[content.Value.Length];
        await open.ReadExactlyAsync(bytes, Cancel);
        bytes.ShouldBe(content.Value.ToArray());
    }

    [Fact]
    public async Task Only_what_was_stored_before_a_moment_is_swept()
    {
        var content = Contents(1)[0];
        await Store.PutAsync([content], Cancel);

        (await Store.DeleteAsync(content.Key, DateTimeOffset.UtcNow.AddHours(-1), Cancel)).ShouldBeFalse();
        (await Store.OpenAsync(content.Key, Cancel))!.Dispose();
        (await Store.DeleteAsync(content.Key, DateTimeOffset.UtcNow.AddHours(1), Cancel)).ShouldBeTrue();
        (await Store.OpenAsync(content.Key, Cancel)).ShouldBeNull();
        (await Store.DeleteAsync(content.Key, DateTimeOffset.UtcNow.AddHours(1), Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Many_writers_of_the_same_contents_agree()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.PutAsync(Contents(20), Cancel)));

        (await ListAsync()).Count.ShouldBe(20);
        foreach (var (hash, content) in Contents(20))
            (await ReadAsync(hash)).ShouldBe(content.ToArray());
    }

    protected static List<KeyValuePair<ContentHash, ReadOnlyMemory<byte>>> Contents(int count) => Enumerable.Range(0, count).Select(number =>
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"content {number}\n", 100)));
        return new KeyValuePair<ContentHash, ReadOnlyMemory<byte>>(ContentHash.Of(bytes), bytes);
    }).ToList();

    protected async Task<List<StoredContent>> ListAsync()
    {
        var list = new List<StoredContent>();
        await foreach (var stored in Store.ListAsync(Cancel))
            list.Add(stored);
        return list;
    }

    private async Task<byte[]> ReadAsync(ContentHash hash)
    {
        await using var stream = (await Store.OpenAsync(hash, Cancel)).ShouldNotBeNull();
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }
}
