using Causality.Protocol.Server.Listeners;
using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Protocol.Server;

/// <summary>The part of the request pipeline that every HTTP process of an operator has.</summary>
public static class HttpPipelineExtensions
{
    /// <summary>Answers every error as a problem (RFC 9457) and keeps each route behind its door. Call it once, first, before routes run.</summary>
    public static IApplicationBuilder UseOperatorHttp(this IApplicationBuilder application)
    {
        application.UseMiddleware<ProblemMiddleware>();
        application.UseMiddleware<ListenerMiddleware>(ActivatorUtilities.CreateInstance<AllowedHosts>(application.ApplicationServices));
        return application;
    }
}
