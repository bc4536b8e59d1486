using Causality.Core;
using Causality.Protocol.Client;
using Causality.Protocol.Pacing;
using Causality.Protocol.Server.Listeners;
using Microsoft.Extensions.Options;

namespace Causality.Gateway.Options;

internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var faults = new List<string>();
        if (!ListenAddress.TryParse(options.PeerUrl, "https", out _))
            faults.Add(ListenAddress.Explain(options.PeerUrl, "https", "Gateway:PeerUrl"));
        if (options.AdvertisedUrl is not null && !PeerAddress.TryParse(options.AdvertisedUrl, out _))
            faults.Add($"Gateway:AdvertisedUrl is '{Printable.Shorten(options.AdvertisedUrl)}': set it to https://host:port as peers see it, or leave it out.");
        faults.AddRange(BandwidthWindow.FaultsOf(options.Bandwidth, $"{GatewayOptions.Section}:{nameof(GatewayOptions.Bandwidth)}"));
        if (options.BandwidthBytesPerSecond is < 0 or (> 0 and < BandwidthWindow.LeastBytesPerSecond))
            faults.Add($"{GatewayOptions.Section}:{nameof(GatewayOptions.BandwidthBytesPerSecond)} is {options.BandwidthBytesPerSecond}; it must be 0 for no limit, or at least {BandwidthWindow.LeastBytesPerSecond}.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
