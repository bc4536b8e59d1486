using System.Net;
using Causality.Core;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Client.Addresses;

internal sealed class PeerAddressOptionsValidator : IValidateOptions<PeerAddressOptions>
{
    public ValidateOptionsResult Validate(string? name, PeerAddressOptions options)
    {
        var faults = options.Allow.Select((network, index) => (network, index)).Where(setting => !IPNetwork.TryParse(setting.network, out _))
            .Select(setting => $"{PeerAddressOptions.Section}:Allow:{setting.index} is '{Printable.Shorten(setting.network)}': give a network such as 10.20.0.0/16, or 203.0.113.7/32 for one address.").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
