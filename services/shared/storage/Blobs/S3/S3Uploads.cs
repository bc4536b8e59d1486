using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Causality.Storage.Blobs.S3;

/// <summary>Uploads in parts, for contents that one request should not carry.</summary>
/// <param name="client">The store; errors are its own.</param>
/// <param name="bucket">The bucket's name.</param>
internal sealed class S3Uploads(IAmazonS3 client, string bucket)
{
    private const int PartBytes = 8 * 1024 * 1024;

    /// <summary>Stores a content; nothing of it is seen before all of it is there.</summary>
    /// <returns>True.</returns>
    public async Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var upload = (await client.InitiateMultipartUploadAsync(bucket, key, cancellationToken).ConfigureAwait(false)).UploadId;
        try
        {
            var parts = new List<PartETag>();
            for (var offset = 0; offset < content.Length; offset += PartBytes)
                parts.Add(await PartAsync(key, upload, parts.Count + 1, content.Slice(offset, Math.Min(PartBytes, content.Length - offset)), cancellationToken).ConfigureAwait(false));
            await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload, PartETags = parts }, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch
        {
            await AbortAsync(key, upload).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Counts, and ends, uploads that were begun before a moment and never ended.</summary>
    public async Task<int> SweepAsync(string prefix, DateTimeOffset startedBefore, bool dryRun, CancellationToken cancellationToken)
    {
        var count = 0;
        ListMultipartUploadsResponse? page = null;
        try
        {
            do
            {
                page = await client.ListMultipartUploadsAsync(
                    new ListMultipartUploadsRequest { BucketName = bucket, Prefix = prefix, KeyMarker = page?.NextKeyMarker, UploadIdMarker = page?.NextUploadIdMarker }, cancellationToken).ConfigureAwait(false);
                foreach (var upload in (page.MultipartUploads ?? []).Where(upload => S3Bucket.Utc(upload.Initiated) < startedBefore))
                {
                    if (!dryRun)
                        await client.AbortMultipartUploadAsync(bucket, upload.Key, upload.UploadId, cancellationToken).ConfigureAwait(false);
                    count++;
                }
            }
            while (page.IsTruncated == true);
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed)
        {
            // A store that keeps no list of them.
        }

        return count;
    }

    private async Task<PartETag> PartAsync(string key, string upload, int number, ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        var response = await client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = bucket,
            Key = key,
            UploadId = upload,
            PartNumber = number,
            PartSize = part.Length,
            InputStream = new MemoryStream(part.ToArray(), writable: false),
            UseChunkEncoding = false,
        }, cancellationToken).ConfigureAwait(false);
        return new PartETag(number, response.ETag);
    }

    private async Task AbortAsync(string key, string upload)
    {
        try
        {
            await client.AbortMultipartUploadAsync(bucket, key, upload, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            // The sweep ends it later; the error that brought us here is the one to tell.
        }
    }
}
