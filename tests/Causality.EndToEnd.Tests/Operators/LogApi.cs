using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Causality.Contracts.Http;

namespace Causality.EndToEnd.Tests.Operators;

/// <summary>An operator's gateway, as its applications use it.</summary>
public sealed class LogApi(HttpClient http, Uri url)
{
    private const int BatchLines = 5_000;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Appends in as few requests as the limits allow.</summary>
    public async Task<(int Appended, int Present)> AppendAsync(IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var (appended, present) = (0, 0);
        foreach (var batch in lines.Chunk(BatchLines))
        {
            var answer = await AppendOnceAsync(batch, cancellationToken);
            (appended, present) = (appended + answer.Appended, present + answer.AlreadyPresent);
        }

        return (appended, present);
    }

    /// <summary>One request; the answer is the acknowledgement.</summary>
    /// <exception cref="HttpRequestException">Nobody answered: whether the entries are in the log is unknown.</exception>
    public async Task<AppendAnswer> AppendOnceAsync(IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"));
        content.Headers.ContentType!.CharSet = null;
        using var answer = await http.PostAsync(new Uri(url, ApplicationRoutes.Entries), content, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonSerializer.Deserialize<AppendAnswer>(body, Json)!;
    }

    /// <summary>Makes everything appended so far visible to peers.</summary>
    public async Task<LogAnswer> PublishAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(new Uri(url, ApplicationRoutes.Publish), null, cancellationToken);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<LogAnswer>(Json, cancellationToken))!;
    }

    public async Task<LogAnswer> ReadHeadAsync(CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<LogAnswer>(new Uri(url, ApplicationRoutes.Log), Json, cancellationToken))!;

    public async Task<IdentityAnswer> ReadIdentityAsync(CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<IdentityAnswer>(new Uri(url, ApplicationRoutes.Identity), Json, cancellationToken))!;

    /// <summary>Every line of the view, or of the whole log, in order.</summary>
    public async Task<List<string>> ReadAsync(bool allVersions, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        string? after = null;
        do
        {
            var query = $"?limit=10000&all_versions={(allVersions ? "true" : "false")}{(after is null ? "" : $"&after={after}")}";
            using var answer = await http.GetAsync(new Uri(url, ApplicationRoutes.Entries + query), cancellationToken);
            answer.EnsureSuccessStatusCode();
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            lines.AddRange(body.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            after = answer.Headers.TryGetValues(SyncHeaders.Next, out var next) || answer.TrailingHeaders.TryGetValues(SyncHeaders.Next, out next) ? next.FirstOrDefault() : null;
        }
        while (after is not null);
        return lines;
    }

    /// <summary>SHA-256 over the view's lines: equal for operators that show the same.</summary>
    public async Task<string> HashViewAsync(CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', await ReadAsync(allVersions: false, cancellationToken)))));
}
