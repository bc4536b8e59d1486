using System.Buffers;
using System.Text.Json;
using Causality.Contracts.Http;
using Causality.Protocol.Server.Limits;
using Causality.Protocol.Server.Problems;
using Causality.Protocol.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Causality.Protocol.Server;

/// <summary>Reads request bodies within their bounds.</summary>
public static class RequestBody
{
    /// <summary>Most tokens of a JSON body: the longest list that a route takes has 10,000 elements of six. Half a million empty strings in 2 MiB would cost fifteen times that in memory.</summary>
    private const int MaxTokens = 100_000;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads a JSON body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">Longest body.</param>
    /// <param name="isSecret">True where the body holds a secret: then no answer repeats anything of it, not even the name of a member that has no place there.</param>
    /// <exception cref="RequestProblemException">415, 413, or 400 with the reason and, where there is one, the field.</exception>
    public static async Task<T> ReadJsonAsync<T>(HttpContext context, int maxBytes, bool isSecret = false)
    {
        RequireMediaType(context.Request, SyncMediaTypes.Json);
        var body = await ReadAsync(context, maxBytes);
        RequireNoMark(body);
        RequireWellFormed(body);
        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, ProtocolJson.Requests) ?? throw Malformed("the body is null");
        }
        catch (JsonException exception)
        {
            var problem = Malformed("a member is unknown, missing, twice or of the wrong kind", exception);
            throw isSecret ? problem : problem.In(JsonFaults.PlaceOf(exception));
        }
    }

    /// <summary>Refuses another content type, another character set than UTF-8, any content encoding, and any transfer coding but chunks.</summary>
    /// <returns>The media type found, in lower case.</returns>
    public static string RequireMediaType(HttpRequest request, params ReadOnlySpan<string> allowed)
    {
        if (request.Headers.ContentEncoding.Count == 0
            && (request.Headers.TransferEncoding.Count == 0 || request.Headers.TransferEncoding.ToString().Trim().Equals("chunked", StringComparison.OrdinalIgnoreCase))
            && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var candidate in allowed)
            {
                if (type.MediaType.Equals(candidate, StringComparison.OrdinalIgnoreCase))
                    return candidate;
            }
        }

        throw new RequestProblemException(
            StatusCodes.Status415UnsupportedMediaType, ProblemTypes.UnsupportedMediaType,
            $"Send {string.Join(" or ", allowed.ToArray())} in UTF-8 without a content encoding.");
    }

    /// <summary>Reads a whole body of at most <paramref name="maxBytes"/>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">Longest body.</param>
    /// <param name="takeRoom">Asked for the bytes before memory is taken for them: for all at once where the length is announced, else for what arrives.</param>
    /// <exception cref="RequestProblemException">413.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, int maxBytes, Action<int>? takeRoom = null)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxBytes;
        if (context.Request.ContentLength > maxBytes)
            throw TooLarge(maxBytes);

        if (context.Request.ContentLength is { } announced)
            takeRoom?.Invoke((int)announced);
        var buffer = new ArrayBufferWriter<byte>((int)(context.Request.ContentLength ?? 4096) + 1);
        while (true)
        {
            var read = await context.Request.Body.ReadAsync(buffer.GetMemory(1), context.RequestAborted);
            if (read == 0)
                return buffer.WrittenMemory;
            buffer.Advance(read);
            ByteTally.Add(context, read); // What has come, not what was declared.
            if (buffer.WrittenCount > maxBytes)
                throw TooLarge(maxBytes);
            if (context.Request.ContentLength is null)
                takeRoom?.Invoke(read);
        }
    }

    /// <summary>Refuses a body that begins with a byte order mark.</summary>
    public static void RequireNoMark(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(ByteOrderMark))
            throw new RequestProblemException(StatusCodes.Status415UnsupportedMediaType, ProblemTypes.UnsupportedMediaType, "Send UTF-8 without a byte order mark.");
    }

    private static void RequireWellFormed(ReadOnlyMemory<byte> body)
    {
        // Deeper than allowed for the reader, so that depth is told from other faults here and not by the text of an exception.
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = SyncLimits.MaxJsonDepth + 2 });
        try
        {
            for (var tokens = 1; reader.Read(); tokens++)
            {
                if (tokens > MaxTokens)
                    throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.TooManyItems, $"The body has more than {MaxTokens} values and brackets; send less at once.");
                if (reader.CurrentDepth >= SyncLimits.MaxJsonDepth && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    throw new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.JsonTooDeep, $"The body is nested more than {SyncLimits.MaxJsonDepth} deep.");
            }
        }
        catch (JsonException exception)
        {
            throw Malformed("it is not JSON", exception).With("line", (exception.LineNumber ?? 0) + 1);
        }
    }

    private static RequestProblemException Malformed(string why, Exception? inner = null) =>
        new(StatusCodes.Status400BadRequest, ProblemTypes.MalformedJson, $"The body cannot be read: {why}.", inner);

    private static RequestProblemException TooLarge(int maxBytes) =>
        new(StatusCodes.Status413PayloadTooLarge, ProblemTypes.PayloadTooLarge, $"The body is over {maxBytes} bytes; send less at once.");
}
