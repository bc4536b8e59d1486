using Microsoft.Extensions.Options;

namespace Causality.Protocol.Server.Listeners;

internal sealed class HttpOptionsValidator : IValidateOptions<HttpOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpOptions options)
    {
        var faults = new List<string>();
        if (!ListenAddress.TryParse(options.Url, "http", out _))
            faults.Add(ListenAddress.Explain(options.Url, "http", "Http:Url"));
        if (options.HasControlDoor && !ListenAddress.TryParse(options.ControlUrl, "http", out _))
            faults.Add(ListenAddress.Explain(options.ControlUrl, "http", "Http:ControlUrl"));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
