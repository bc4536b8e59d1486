using Causality.Protocol.Identity;
using Causality.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults;

/// <summary>Says in one or two lines what kept a process from starting, where the cause is something that a person can mend.</summary>
public static class StartFailure
{
    /// <summary>The explanation, or null for a fault that deserves its stack trace.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        AddressInUseException or IOException { InnerException: AddressInUseException } => $"{exception.Message} Another process has that port: choose another one, or stop it.",
        UnauthorizedAccessException denied => $"{denied.Message} Let the user that this process runs as read it.",
        StorageUnavailableException or IdentityException or FormatException => exception.Message,
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        _ => null,
    };
}
