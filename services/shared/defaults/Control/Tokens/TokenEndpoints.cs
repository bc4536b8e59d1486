using System.Text.RegularExpressions;
using Causality.Contracts.Http;
using Causality.Contracts.Http.Control;
using Causality.Core;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Problems;
using Causality.Protocol.Wire;
using Causality.ServiceDefaults.Control.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.ServiceDefaults.Control.Tokens;

/// <summary>The control API's routes for tokens.</summary>
internal static partial class TokenEndpoints
{
    private const int MaxBodyBytes = 16 * 1024;

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ControlRoutes.Tokens, ListAsync).NeedsRole(ControlPolicies.Operate);
        routes.MapPost(ControlRoutes.Tokens, CreateAsync).NeedsRole(ControlPolicies.Operate);
        routes.MapDelete(ControlRoutes.Token, RevokeAsync).NeedsRole(ControlPolicies.Operate);
    }

    private static async Task ListAsync(HttpContext context) =>
        await AnswerAsync(context, StatusCodes.Status200OK, await StoreOf(context).ListAsync(context.RequestAborted));

    private static async Task CreateAsync(HttpContext context)
    {
        var request = await RequestBody.ReadJsonAsync<TokenRequest>(context, MaxBodyBytes);
        Check(request, context);
        CreatedToken? created;
        try
        {
            created = await StoreOf(context).CreateAsync(request, context.User.Identity?.Name ?? LocalUsers.Name, context.RequestAborted);
        }
        catch (TooManyTokensException exception)
        {
            throw new RequestProblemException(StatusCodes.Status409Conflict, ProblemTypes.TooManyTokens, exception.Message, exception);
        }

        if (created is null)
            throw new RequestProblemException(StatusCodes.Status409Conflict, ProblemTypes.TokenExists, $"A valid token is named '{request.Name}': revoke it first, or choose another name.").In("name");
        context.Response.Headers.CacheControl = "no-store";
        await AnswerAsync(context, StatusCodes.Status201Created, created);
    }

    private static async Task RevokeAsync(HttpContext context)
    {
        var name = context.Request.RouteValues["name"] as string ?? "";
        if (!await StoreOf(context).RevokeAsync(name, context.RequestAborted))
            throw new RequestProblemException(StatusCodes.Status404NotFound, ProblemTypes.UnknownToken, $"No token is named '{Printable.Shorten(name)}'; GET {ControlRoutes.Tokens} lists them.");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static void Check(TokenRequest request, HttpContext context)
    {
        if (request.Name is null || !Name().IsMatch(request.Name) || request.Name is BootstrapToken.Name or LocalUsers.Name)
            throw OutOfRange("name", $"name is 1 to 63 lower-case letters, digits and '-', beginning with a letter or digit, and neither '{BootstrapToken.Name}' nor '{LocalUsers.Name}'.");
        if (request.Roles is not { Count: > 0 and <= 8 } roles || roles.Any(role => !ControlPolicies.All.Contains(role)))
            throw OutOfRange("roles", $"roles is at least one of {string.Join(", ", ControlPolicies.All)}.");
        if (request.ExpiresAt <= context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow())
            throw OutOfRange("expires_at", "expires_at is a moment in the future, or left out for never.");
        if (LocalUsers.Is(context.User) && !roles.Contains(ControlPolicies.Operate))
            throw OutOfRange("roles", $"The first token needs the role {ControlPolicies.Operate}: from then on nothing is done without a token, and nobody could make another.");
    }

    private static RequestProblemException OutOfRange(string field, string detail) => new RequestProblemException(StatusCodes.Status400BadRequest, ProblemTypes.FieldOutOfRange, detail).In(field);

    private static TokenStore StoreOf(HttpContext context) => context.RequestServices.GetRequiredService<TokenStore>();

    private static Task AnswerAsync<T>(HttpContext context, int status, T answer)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(answer, ProtocolJson.Answers, SyncMediaTypes.Json, context.RequestAborted);
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,62}\z")]
    private static partial Regex Name();
}
