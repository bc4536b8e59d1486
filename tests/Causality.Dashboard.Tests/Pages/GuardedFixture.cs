using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Causality.Contracts.Http.Control;
using Causality.Dashboard.Tests.Hosting;

namespace Causality.Dashboard.Tests.Pages;

/// <summary>A pair whose alpha has tokens: one to look, one to act.</summary>
public sealed class GuardedFixture : OperatorPair
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Reader { get; private set; } = "";

    public string Operator { get; private set; } = "";

    protected override async Task SeedAsync()
    {
        await CollideAsync("order-17");
        using var http = new HttpClient { BaseAddress = new Uri(Alpha.Address) };
        Operator = await MakeAsync(http, "operator", "operate");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Operator);
        Reader = await MakeAsync(http, "reader", "read");
    }

    /// <summary>A client that sends a token in its header.</summary>
    internal DashboardClient As(string token)
    {
        var client = new DashboardClient(new Uri(Alpha.Address));
        client.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A browser that has signed in by the page for it.</summary>
    internal async Task<DashboardClient> SignInAsync(string token)
    {
        var client = new DashboardClient(new Uri(Alpha.Address));
        var form = (IHtmlFormElement)(await client.PageAsync("/dashboard/login")).QuerySelector("form.sign-in")!;
        using var answer = await client.SubmitAsync(form, ("token", token));
        DashboardClient.Goal(answer).ShouldBe("/dashboard");
        client.Headers.Add("Cookie", answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        return client;
    }

    private static async Task<string> MakeAsync(HttpClient http, string name, params string[] roles)
    {
        using var made = await http.PostAsJsonAsync(ControlRoutes.Tokens, new { name, roles }, Token);
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync(Token));
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("token").GetString()!;
    }
}
