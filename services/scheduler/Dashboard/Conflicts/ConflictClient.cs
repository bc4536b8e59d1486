using System.Net.Http.Json;
using System.Text.Json;
using Causality.Contracts.Http.Control;
using Causality.Protocol.Wire;
using Causality.Scheduler.Dashboard.Rendering;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Dashboard.Conflicts;

/// <summary>Asks the conflict-resolver's control API on behalf of a viewer: with the viewer's own credentials, so that it decides itself what the viewer may.</summary>
internal sealed class ConflictClient : IDisposable
{
    private const int MostBytes = 64 * 1024 * 1024;
    private static readonly string[] Credentials = ["Authorization", "Cookie"];
    private readonly ConflictAddress _address;
    private readonly TimeSpan _timeout;
    private readonly HttpClient _http;

    public ConflictClient(ConflictAddress address, IOptions<DashboardOptions> options)
    {
        (_address, _timeout) = (address, options.Value.AnswerTimeout);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            Timeout = _timeout,
            MaxResponseContentBufferSize = MostBytes,
        };
    }

    public Task<Reading<ConflictSummary>> SummaryAsync(HttpContext viewer, CancellationToken cancellationToken) => AskAsync<ConflictSummary>(viewer, ConflictRoutes.Summary, cancellationToken);

    public Task<Reading<ConflictPage>> ListAsync(HttpContext viewer, QueryString query, CancellationToken cancellationToken) => AskAsync<ConflictPage>(viewer, ConflictRoutes.Conflicts + query, cancellationToken);

    public Task<Reading<ConflictDetails>> DetailsAsync(HttpContext viewer, string kind, string subject, CancellationToken cancellationToken) =>
        AskAsync<ConflictDetails>(viewer, ConflictRoutes.Details + QueryString.Create("kind", kind).Add("subject", subject), cancellationToken);

    public Task<Reading<ConflictDecisionsAnswer>> DecideAsync(HttpContext viewer, DecideConflicts decision, CancellationToken cancellationToken) =>
        SendAsync<ConflictDecisionsAnswer>(viewer, HttpMethod.Post, ConflictRoutes.Decide, JsonContent.Create(decision, options: ProtocolJson.Answers), cancellationToken);

    public Task<Reading<ConflictDecisionsAnswer>> UndoAsync(HttpContext viewer, UndoConflicts undo, CancellationToken cancellationToken) =>
        SendAsync<ConflictDecisionsAnswer>(viewer, HttpMethod.Post, ConflictRoutes.Undo, JsonContent.Create(undo, options: ProtocolJson.Answers), cancellationToken);

    /// <summary>The bytes of one version, as they come in; the caller disposes the answer.</summary>
    public Task<Reading<HttpResponseMessage>> EntryAsync(HttpContext viewer, string hash, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        using var request = Request(viewer, HttpMethod.Get, ConflictRoutes.Entry + QueryString.Create("hash", hash));
        var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.IsSuccessStatusCode)
            return Reading<HttpResponseMessage>.Of(answer);
        using (answer)
            return Reading<HttpResponseMessage>.Failed(await DetailAsync(answer, cancellationToken), (int)answer.StatusCode);
    }, viewer, cancellationToken);

    public void Dispose() => _http.Dispose();

    private Task<Reading<T>> AskAsync<T>(HttpContext viewer, string path, CancellationToken cancellationToken) where T : class => SendAsync<T>(viewer, HttpMethod.Get, path, null, cancellationToken);

    private Task<Reading<T>> SendAsync<T>(HttpContext viewer, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken) where T : class => TryAsync(async () =>
    {
        using var request = Request(viewer, method, path);
        request.Content = content;
        using var answer = await _http.SendAsync(request, cancellationToken);
        return answer.IsSuccessStatusCode
            ? Reading<T>.Of(await answer.Content.ReadFromJsonAsync<T>(ProtocolJson.Answers, cancellationToken) ?? throw new JsonException())
            : Reading<T>.Failed(await DetailAsync(answer, cancellationToken), (int)answer.StatusCode);
    }, viewer, cancellationToken);

    private async Task<Reading<T>> TryAsync<T>(Func<Task<Reading<T>>> ask, HttpContext viewer, CancellationToken cancellationToken) where T : class
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException)
        {
            return Reading<T>.Failed($"the conflict-resolver cannot be reached at {_address.Find(viewer)}.");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Reading<T>.Failed($"the conflict-resolver did not answer within {Show.Duration(_timeout)}.");
        }
        catch (JsonException)
        {
            return Reading<T>.Failed("the conflict-resolver's answer cannot be read; does it run the same version?");
        }
    }

    private HttpRequestMessage Request(HttpContext viewer, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(_address.Find(viewer), path));
        foreach (var name in Credentials)
        {
            if (viewer.Request.Headers.TryGetValue(name, out var values))
                request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        // The viewer's request came from our own page, or it would not have come this far; the other service asks for that too.
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        if (_address.IsHere)
            request.Headers.Host = viewer.Request.Host.Value;
        return request;
    }

    private static async Task<string> DetailAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            using var problem = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
            return Show.Text(problem.RootElement.GetProperty("detail").GetString(), 1_000);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Not one of ours: the status is all there is to tell.
            return $"the conflict-resolver answered {(int)answer.StatusCode}.";
        }
    }
}
