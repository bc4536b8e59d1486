using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Causality.Dashboard.Tests.Hosting;

/// <summary>A browser without scripts: gets pages, fills in the forms that stand on them, and follows no redirect by itself.</summary>
internal sealed class DashboardClient(Uri address) : IDisposable
{
    // Asks before it sends a body: an answer that refuses one would otherwise be lost where the connection closes under what is still being sent.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(30) })
    {
        BaseAddress = address,
        DefaultRequestHeaders = { ExpectContinue = true },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Headers that every request carries.</summary>
    public System.Net.Http.Headers.HttpRequestHeaders Headers => _http.DefaultRequestHeaders;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative), Token);

    /// <summary>A page that is there.</summary>
    public async Task<IHtmlDocument> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync(Token);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, text);
        return Parse(text);
    }

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) => Parse(await answer.Content.ReadAsStringAsync(Token));

    /// <summary>Sends fields as a form does.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var body = new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = body };
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        return await _http.SendAsync(request, Token);
    }

    /// <summary>Sends a form as it stands on its page, with some of its fields filled in.</summary>
    public Task<HttpResponseMessage> SubmitAsync(IHtmlFormElement form, params (string Name, string Value)[] filled)
    {
        var names = filled.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var standing = form.Elements.OfType<AngleSharp.Dom.IElement>().SelectMany(Fields).Where(field => !names.Contains(field.Name));
        return PostAsync(form.GetAttribute("action")!, [.. standing, .. filled]);
    }

    /// <summary>Where a form leads to when it did what it was to do.</summary>
    public static string Goal(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.SeeOther);
        return answer.Headers.Location!.OriginalString;
    }

    public void Dispose() => _http.Dispose();

    private static IHtmlDocument Parse(string text) => new HtmlParser().ParseDocument(text);

    private static IEnumerable<(string Name, string Value)> Fields(AngleSharp.Dom.IElement element)
    {
        switch (element)
        {
            case IHtmlInputElement { Name: { Length: > 0 } name } input when input.Type is not "checkbox" || input.IsChecked:
                yield return (name, input.Value);
                break;
            case IHtmlSelectElement { Name: { Length: > 0 } name } select:
                yield return (name, select.Value ?? "");
                break;
            case IHtmlTextAreaElement { Name: { Length: > 0 } name } area:
                yield return (name, area.Value);
                break;
        }
    }
}
