using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Causality.Protocol.Server.Listeners;

/// <summary>One door of this process; registered once per kind.</summary>
internal sealed record ListenerRegistration(ListenerKind Kind, Action<IServiceProvider, KestrelServerOptions> Open);
