namespace Causality.ConflictResolver.Strategies;

/// <summary>A plug-in cannot be used; the message names the file and the way out.</summary>
public sealed class PluginException(string message, Exception? inner = null) : Exception(message, inner);
