using Causality.Gateway.Extensions;
using Causality.ServiceDefaults;
using Causality.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Causality.Gateway.Tests;

public sealed class When_a_container_asks_for_its_health : IAsyncLifetime
{
    private WebApplication _service = null!;

    public async ValueTask InitializeAsync()
    {
        _service = WebApplication.CreateSlimBuilder().Build();
        _service.Urls.Add("http://127.0.0.1:0");
        _service.MapGet("/health/live", () => Results.Ok());
        _service.MapGet("/health/ready", () => Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        await _service.StartAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_service_that_says_yes_is_healthy() => (await AskAsync("live", _service.Urls.Single())).ShouldBe(0);

    [Fact]
    public async Task A_service_that_says_no_is_not() => (await AskAsync("ready", _service.Urls.Single())).ShouldBe(1);

    [Fact]
    public async Task Every_address_is_asked_on_the_loopback_one() => (await AskAsync("live", _service.Urls.Single().Replace("127.0.0.1", "0.0.0.0", StringComparison.Ordinal))).ShouldBe(0);

    [Fact]
    public async Task Nobody_listening_is_an_answer_too()
    {
        var url = _service.Urls.Single();
        await _service.StopAsync(TestContext.Current.CancellationToken);

        (await AskAsync("live", url)).ShouldBe(1);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("https://127.0.0.1:7443")]
    [InlineData("nonsense")]
    public async Task An_address_that_cannot_be_asked_is_refused(string url) => (await AskAsync("live", url)).ShouldBe(1);

    [Fact]
    public async Task Another_question_is_refused() => (await AskAsync("well", _service.Urls.Single())).ShouldBe(1);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private static Task<int> AskAsync(string question, string url) =>
        ServiceProcess.RunAsync(["--health", question, $"--Http:Url={url}"], ServiceNames.Gateway, GatewayModule.DefaultUrl, consumers: null, _ => { });
}
