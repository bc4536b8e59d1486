using Causality.Protocol.Server.Listeners;
using Causality.ServiceDefaults.Control.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Control;

/// <summary>Keeps a process from starting whose control or application API other machines reach while no token exists.</summary>
internal sealed class OpenDoorCheck(IOptions<HttpOptions> listeners, TokenDirectory tokens, TimeProvider time, MappedRoutes mapped) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var open = listeners.Value.ReachableFromElsewhere;
        if (open.Count == 0 || !mapped.Endpoints.Any(NeedsToken))
            return;
        if ((await tokens.RefreshAsync(cancellationToken)).AnyIsGoodAt(time.GetUtcNow()))
            return;

        throw new OptionsValidationException(HttpOptions.Section, typeof(HttpOptions),
        [
            $"{string.Join(" and ", open)}: other machines reach that, and this operator has no valid token by which to know who may do what. Give it a first one: "
            + "Control:BootstrapTokenFile (environment Control__BootstrapTokenFile) names a file with a token, made by 'openssl rand -base64 32 > FILE'; "
            + "or start it once on 127.0.0.1 and run 'causality tokens create NAME --role operate'; or leave it on 127.0.0.1.",
        ]);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool NeedsToken(Microsoft.AspNetCore.Http.Endpoint endpoint) => endpoint.Metadata.GetMetadata<IAuthorizeData>() is { Policy: ControlPolicies.Read or ControlPolicies.Operate or ControlPolicies.Append };
}
