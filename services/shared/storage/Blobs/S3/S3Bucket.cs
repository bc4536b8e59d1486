using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Causality.Core;
using Microsoft.Extensions.Options;

namespace Causality.Storage.Blobs.S3;

/// <summary>The operator's part of a bucket: keys, single requests, and the store's errors as ours.</summary>
/// <remarks>The SDK retries what is worth it, with back-off, <see cref="Retries"/> times.</remarks>
internal sealed class S3Bucket : IDisposable
{
    /// <summary>Larger contents go up in parts.</summary>
    public const int MultipartBytes = 16 * 1024 * 1024;

    private const int Retries = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly S3Options _options;
    private readonly AmazonS3Client _client;
    private readonly S3Uploads _uploads;

    public S3Bucket(IOptions<StorageOptions> options)
    {
        _options = options.Value.S3;
        var config = new AmazonS3Config
        {
            ForcePathStyle = _options.PathStyle,
            AuthenticationRegion = _options.Region,
            MaxErrorRetry = Retries,
            RetryMode = RequestRetryMode.Standard,
            Timeout = Patience,
            // Only where the request asks for it: stores that are not Amazon's do not know the checksums in trailers that are the SDK's default.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (_options.Endpoint is { Length: > 0 } endpoint)
            config.ServiceURL = endpoint;
        else
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(_options.Region);
        _client = new AmazonS3Client(config);
        _uploads = new S3Uploads(_client, _options.Bucket);
    }

    /// <summary>The key of a content: the path that it has in a folder, so that folders and buckets can be copied into each other.</summary>
    public string KeyOf(ContentHash hash)
    {
        var hex = hash.ToString();
        return $"{_options.Prefix}blobs/sha256/{hex[..2]}/{hex[2..4]}/{hex}";
    }

    /// <summary>The key that says that a content is just being swept.</summary>
    public string SweepKeyOf(ContentHash hash) => $"{_options.Prefix}blobs/sweeping/{hash}";

    /// <summary>Stores a content unless it is there.</summary>
    /// <returns>False when it was there.</returns>
    public Task<bool> TryCreateAsync(ContentHash hash, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => GuardAsync($"store blob {hash}", async () =>
    {
        if (content.Length > MultipartBytes)
            return await HeadAsync(KeyOf(hash), cancellationToken).ConfigureAwait(false) is null && await _uploads.PutAsync(KeyOf(hash), content, cancellationToken).ConfigureAwait(false);

        try
        {
            var request = Put(KeyOf(hash), content);
            // The name is the SHA-256 of the bytes: stores that can check it do.
            (request.IfNoneMatch, request.ChecksumSHA256) = ("*", Convert.ToBase64String(hash.ToByteArray()));
            await _client.PutObjectAsync(request, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            return false;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotImplemented)
        {
            // A store without conditions: overwriting a content by itself is harmless.
            await _client.PutObjectAsync(Put(KeyOf(hash), content), cancellationToken).ConfigureAwait(false);
            return true;
        }
    });

    /// <summary>Stores a content whether it is there or not; it is young then.</summary>
    public Task OverwriteAsync(ContentHash hash, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => GuardAsync($"store blob {hash}", async () =>
    {
        if (content.Length > MultipartBytes)
            return await _uploads.PutAsync(KeyOf(hash), content, cancellationToken).ConfigureAwait(false);
        await _client.PutObjectAsync(Put(KeyOf(hash), content), cancellationToken).ConfigureAwait(false);
        return true;
    });

    /// <summary>Stores an empty object.</summary>
    public Task MarkAsync(string key, CancellationToken cancellationToken) =>
        GuardAsync($"write '{key}'", () => _client.PutObjectAsync(Put(key, ReadOnlyMemory<byte>.Empty), cancellationToken));

    /// <summary>When an object was stored; null when there is none.</summary>
    public Task<DateTimeOffset?> StoredAtAsync(string key, CancellationToken cancellationToken) => GuardAsync($"look at '{key}'", () => HeadAsync(key, cancellationToken));

    /// <summary>Reads a content as a whole; null when there is none.</summary>
    public Task<byte[]?> ReadAsync(ContentHash hash, CancellationToken cancellationToken) => GuardAsync<byte[]?>($"read blob {hash}", async () =>
    {
        try
        {
            using var response = await _client.GetObjectAsync(_options.Bucket, KeyOf(hash), cancellationToken).ConfigureAwait(false);
            if (response.ContentLength is < 0 or > SegmentLimits.MaxBytes + 1L)
                throw new StorageUnavailableException($"Blob {hash} is {response.ContentLength} bytes: no segment is so large. Run 'causality verify'.");
            var bytes = new byte[response.ContentLength];
            await response.ResponseStream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            return bytes;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    });

    /// <summary>Removes an object; nothing happens when there is none.</summary>
    public Task DeleteAsync(string key, CancellationToken cancellationToken) => GuardAsync($"delete '{key}'", () => _client.DeleteObjectAsync(_options.Bucket, key, cancellationToken));

    /// <summary>Copies a content that is damaged to where nobody looks for it.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> CopyAsideAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        // By way of us, because it is rare, and stores differ in how they read the name of a source.
        if (await ReadAsync(hash, cancellationToken).ConfigureAwait(false) is not { } bytes)
            return false;
        var aside = $"{_options.Prefix}blobs/damaged/{hash}.{Guid.NewGuid():N}";
        await GuardAsync($"set damaged blob {hash} aside", () => _client.PutObjectAsync(Put(aside, bytes), cancellationToken)).ConfigureAwait(false);
        return true;
    }

    /// <summary>One page of contents.</summary>
    /// <param name="after">The key that the page before ended with; null for the first. A key, not the store's own token: that is read alike everywhere.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The contents, and the key that the page ended with; null for the last.</returns>
    public Task<(IReadOnlyList<StoredContent> Contents, string? Next)> ListAsync(string? after, CancellationToken cancellationToken) => GuardAsync<(IReadOnlyList<StoredContent>, string?)>("list blobs", async () =>
    {
        var page = await _client.ListObjectsAsync(new ListObjectsRequest { BucketName = _options.Bucket, Prefix = $"{_options.Prefix}blobs/sha256/", Marker = after }, cancellationToken).ConfigureAwait(false);
        var contents = new List<StoredContent>();
        foreach (var found in page.S3Objects ?? [])
        {
            if (ContentHash.TryParse(found.Key[(found.Key.LastIndexOf('/') + 1)..], out var hash))
                contents.Add(new StoredContent(hash, found.Size ?? 0, Utc(found.LastModified)));
        }

        return (contents, page.IsTruncated == true && page.S3Objects is { Count: > 0 } objects ? objects[^1].Key : null);
    });

    /// <summary>Counts, and ends, uploads in parts that were begun before a moment and never ended.</summary>
    public Task<LeftOvers> SweepUploadsAsync(DateTimeOffset startedBefore, bool dryRun, CancellationToken cancellationToken) =>
        GuardAsync("look for unfinished uploads", async () => new LeftOvers(await _uploads.SweepAsync($"{_options.Prefix}blobs/", startedBefore, dryRun, cancellationToken).ConfigureAwait(false), 0));

    public void Dispose() => _client.Dispose();

    internal static DateTimeOffset Utc(DateTime? moment) => moment is { } known ? new DateTimeOffset(known.ToUniversalTime(), TimeSpan.Zero) : default;

    private async Task<DateTimeOffset?> HeadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return Utc((await _client.GetObjectMetadataAsync(_options.Bucket, key, cancellationToken).ConfigureAwait(false)).LastModified);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private PutObjectRequest Put(string key, ReadOnlyMemory<byte> content) => new()
    {
        BucketName = _options.Bucket,
        Key = key,
        InputStream = new MemoryStream(content.ToArray(), writable: false),
        UseChunkEncoding = false,
    };

    private async Task<T> GuardAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException)
        {
            throw new StorageUnavailableException(
                $"Cannot {what}: bucket '{_options.Bucket}'{(_options.Endpoint is { } endpoint ? $" at {endpoint}" : "")}: {e.Message} Check {StorageOptions.Section}:{nameof(StorageOptions.S3)} and the credentials of the environment, then retry.", e);
        }
    }
}
