using System.Net.Http.Headers;
using System.Text;
using Causality.Contracts.Http;
using Causality.Contracts.Http.Control;
using Causality.EndToEnd.Tests.Operators;
using Causality.TestKit.Secrets;

namespace Causality.EndToEnd.Tests.Secrets;

/// <summary>Requests that are refused although, or because, secrets stand in them.</summary>
internal sealed class BadRequests(OperatorProcesses one) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    /// <summary>Sends them and gives the answers.</summary>
    /// <param name="wrong">A token that is none.</param>
    /// <param name="right">A token with every role.</param>
    /// <param name="elsewhere">A password of another system, in an address.</param>
    /// <param name="planted">An id that nobody knows.</param>
    /// <param name="cancellationToken">Ends the waiting with the test.</param>
    public async Task<List<SearchedPlace>> SendAsync(string wrong, string right, string elsewhere, string planted, CancellationToken cancellationToken) =>
    [
        await SendAsync("scheduler", HttpMethod.Get, ControlRoutes.Status, 401, new("Bearer", wrong), null, cancellationToken),
        await SendAsync("scheduler", HttpMethod.Get, ControlRoutes.Status, 401, new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"root:{right}"))), null, cancellationToken),
        await SendAsync("scheduler", HttpMethod.Get, "/v1/nothing", 404, new("Bearer", right), null, cancellationToken),
        await SendAsync("scheduler", HttpMethod.Post, ControlRoutes.Session, 401, null, $$"""{"token":"{{wrong}}"}""", cancellationToken),
        await SendAsync("scheduler", HttpMethod.Post, ControlRoutes.Session, 400, null, $$"""{"token":"{{right}}""", cancellationToken),
        await SendAsync("scheduler", HttpMethod.Post, ControlRoutes.Session, 400, null, $$"""{"token":["{{right}}"]}""", cancellationToken),
        await SendAsync("scheduler", HttpMethod.Post, ControlRoutes.Session, 400, null, $$"""{"{{right}}":1}""", cancellationToken),
        await SendAsync("scheduler", HttpMethod.Post, ControlRoutes.Peers, 422, new("Bearer", right), $$"""{"id":"operator-c","address":"https://root:{{elsewhere}}@c.example","pins":["{{new string('a', 64)}}"]}""", cancellationToken),
        await SendAsync("scheduler", HttpMethod.Post, ControlRoutes.Peers, 422, new("Bearer", right), $$"""{"id":"operator-c","address":"https://c.example/?password={{elsewhere}}","pins":["{{new string('a', 64)}}"]}""", cancellationToken),
        await SendAsync("scheduler", HttpMethod.Post, ControlRoutes.Syncs, 404, new("Bearer", right), $$"""{"peer_id":"{{planted}}"}""", cancellationToken),
        await SendAsync("gateway", HttpMethod.Get, ApplicationRoutes.Entries, 401, new("Bearer", wrong), null, cancellationToken),
        await SendAsync("conflict-resolver", HttpMethod.Get, ConflictRoutes.Conflicts, 401, new("Bearer", wrong), null, cancellationToken),
    ];

    public void Dispose() => _http.Dispose();

    private async Task<SearchedPlace> SendAsync(string service, HttpMethod method, string path, int status, AuthenticationHeaderValue? authorization, string? json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(one.UrlOf(service), path)) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = authorization;
        using var answer = await _http.SendAsync(request, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        ((int)answer.StatusCode).ShouldBe(status, $"{method} {service}{path}: {body}");
        return new("problem bodies", $"{one.Id}/{service} {method} {path} {status}", Encoding.UTF8.GetBytes($"{answer.Headers}{answer.Content.Headers}{body}"));
    }
}
