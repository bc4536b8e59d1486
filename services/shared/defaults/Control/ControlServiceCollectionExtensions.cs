using Causality.ServiceDefaults.Control.Authentication;
using Causality.ServiceDefaults.Control.Authorization;
using Causality.ServiceDefaults.Control.Sessions;
using Causality.ServiceDefaults.Control.Tokens;
using Causality.Storage;
using Causality.Storage.Observing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Control;

/// <summary>Registers who may use the control and application API.</summary>
public static class ControlServiceCollectionExtensions
{
    /// <summary>Adds tokens, sessions and the policies of <see cref="ControlPolicies"/>. Needs the store and the identity; reads the section <c>Control</c>.</summary>
    /// <remarks>No scheme becomes the default one and no fallback policy is set: the routes of an application that embeds an operator keep their own rules.</remarks>
    public static IServiceCollection AddControlAuthentication(this IServiceCollection services)
    {
        Instruments.Publish(typeof(ControlMetrics));
        services.AddOptions<ControlOptions>().BindConfiguration(ControlOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ControlOptions>, ControlOptionsValidator>());
        services.AddEntityTables<TokenTables>();
        services.AddSingleton<BootstrapToken>();
        services.AddSingleton<TokenDirectory>();
        services.AddSingleton<TokenStore>();
        services.AddSingleton<TokenCheck>();
        services.AddSingleton<FailureLimiter>();
        services.AddSingleton<AuthenticationAudit>();
        services.AddSingleton<LocalUsers>();
        services.AddSingleton<MappedRoutes>();
        services.AddSingleton(provider => new AccessWatch(provider.GetRequiredService<TokenDirectory>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ControlAuthorizationResult>();
        services.AddHostedService<OpenDoorCheck>();
        services.AddSchemes();
        services.AddPolicies();
        return services;
    }

    private static void AddSchemes(this IServiceCollection services)
    {
        services.AddSingleton<SessionKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => provider.GetRequiredService<SessionKeys>());
        services.AddSingleton<IConfigureOptions<DataProtectionOptions>>(provider => provider.GetRequiredService<SessionKeys>());
        services.AddDataProtection();
        services.AddHostedService<SessionKeys.FirstKey>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, SessionCookie>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(ControlSchemes.Token, null)
            .AddScheme<AuthenticationSchemeOptions, LocalAuthenticationHandler>(ControlSchemes.Local, null)
            .AddCookie(ControlSchemes.Session)
            .AddPolicyScheme(ControlSchemes.Any, null, options => options.ForwardDefaultSelector = Select);
    }

    private static void AddPolicies(this IServiceCollection services) => services.AddAuthorizationBuilder()
        .AddPolicy(ControlPolicies.Read, policy => policy.AddAuthenticationSchemes(ControlSchemes.Any).RequireRole(ControlPolicies.Read, ControlPolicies.Operate))
        .AddPolicy(ControlPolicies.Operate, policy => policy.AddAuthenticationSchemes(ControlSchemes.Any).RequireRole(ControlPolicies.Operate))
        .AddPolicy(ControlPolicies.Append, policy => policy.AddAuthenticationSchemes(ControlSchemes.Any).RequireRole(ControlPolicies.Append))
        .AddPolicy(ControlPolicies.Undeclared, policy => policy.AddAuthenticationSchemes(ControlSchemes.Any).RequireAssertion(static _ => false));

    // A header says more than a cookie, which a browser sends by itself.
    private static string Select(HttpContext context) =>
        context.Request.Headers.ContainsKey("Authorization") ? ControlSchemes.Token : HasCookie(context) ? ControlSchemes.Session : ControlSchemes.Local;

    private static bool HasCookie(HttpContext context) =>
        context.Request.Cookies.ContainsKey(context.RequestServices.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(ControlSchemes.Session).Cookie.Name!);
}
