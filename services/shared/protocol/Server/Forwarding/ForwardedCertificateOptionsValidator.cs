using System.Net;
using Causality.Core;
using Causality.Protocol.Identity;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server.Forwarding;

internal sealed class ForwardedCertificateOptionsValidator : IValidateOptions<ForwardedCertificateOptions>
{
    public ValidateOptionsResult Validate(string? name, ForwardedCertificateOptions options)
    {
        var faults = new List<string>();
        for (var index = 0; index < options.From.Count; index++)
        {
            if (!IPNetwork.TryParse(options.From[index], out var network))
                faults.Add($"{ForwardedCertificateOptions.Section}:From:{index} is '{Printable.Shorten(options.From[index])}': give the network of a proxy, such as 10.1.2.3/32.");
            else if (network.PrefixLength == 0)
                faults.Add($"{ForwardedCertificateOptions.Section}:From:{index} is '{options.From[index]}', which is everybody: name the proxies.");
        }

        for (var index = 0; index < options.ProxyPins.Count; index++)
        {
            if (!SpkiPin.IsValid(options.ProxyPins[index]))
                faults.Add($"{ForwardedCertificateOptions.Section}:ProxyPins:{index} is '{Printable.Shorten(options.ProxyPins[index])}': a pin is 64 hexadecimal digits, the SHA-256 of a public key.");
        }

        if (options.ProxyPins.Count > 0 && options.From.Count == 0)
            faults.Add($"{ForwardedCertificateOptions.Section}:ProxyPins is set and From is empty: name the networks of the proxies too.");
        if (string.IsNullOrWhiteSpace(options.Header))
            faults.Add($"{ForwardedCertificateOptions.Section}:Header is empty: name the header, or leave it out.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
