using Causality.Security.Tests.Hosting;
using Causality.TestKit.Processes;

namespace Causality.Security.Tests.Control;

public sealed class When_the_control_API_has_its_own_door
{
    [Fact]
    public async Task Should_not_answer_at_the_applications_door()
    {
        var control = new Uri($"http://127.0.0.1:{FreePorts.Take(1)[0]}");
        await using var guarded = await Guarded.StartAsync(new() { ["Http:Url"] = $"http://127.0.0.1:{FreePorts.Take(1)[0]}", ["Http:ControlUrl"] = control.OriginalString });
        var application = new Uri(guarded.Operator.Services.GetService(typeof(Microsoft.Extensions.Options.IOptions<Protocol.Server.Listeners.HttpOptions>)) is Microsoft.Extensions.Options.IOptions<Protocol.Server.Listeners.HttpOptions> options ? options.Value.Url : "");
        using var http = new HttpClient();
        async Task<int> Ask(Uri door, string path)
        {
            using var answer = await http.GetAsync(new Uri(door, path), TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }

        foreach (var path in new[] { "/v1/status", "/v1/peers", "/v1/conflicts", "/v1/tokens", "/v1/session" })
        {
            (await Ask(control, path)).ShouldBe(200, path);
            (await Ask(application, path)).ShouldBe(404, path);
        }

        foreach (var path in new[] { "/v1/entries", "/v1/log", "/v1/identity" })
        {
            (await Ask(application, path)).ShouldBe(200, path);
            (await Ask(control, path)).ShouldBe(404, path);
        }

        (await Ask(control, "/health/ready")).ShouldBe(200);
        (await Ask(application, "/health/ready")).ShouldBe(200);
    }
}
