using CustomerService.Channels.Settings;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Chat;

/// <param name="IdentityToken">Who the customer is, signed by the owner's site. Left out: somebody unknown.</param>
public sealed record SessionRequest(string? IdentityToken);

/// <summary>How a visitor begins: as somebody unknown, or as the customer whom the owner's site vouches for.</summary>
internal static class SessionEndpoint
{
    /// <summary>As long as the site's own word may hold at most. Each page that is loaded renews it.</summary>
    private static readonly TimeSpan ProofHolds = TimeSpan.FromHours(1);

    public static void Map(RouteGroupBuilder chat) => chat.MapPost("/sessions", BeginAsync)
        .WithMetadata(new AcceptsMetadata(["application/json"], typeof(SessionRequest), isOptional: true))
        .WithSummary("Begin a visitor's session")
        .WithDescription(
            "Gives a token. Whoever has it can write and read the visitor's conversations; it holds for 30 days. With an identity that the owner's site has signed (a JWT by HS256 "
            + "with sub, aud = the page's origin, exp within an hour, and email, customer_id, name, locale where known) it is that customer's session on every device, and holds for a day; "
            + "for its first hour the customer has proved who they are.")
        .Produces<SessionStarted>(201)
        .WithExamples(Examples.SessionRequest, Examples.SessionStarted)
        .Fails(400, 401, 403, 413, 429);

    private static async Task<IResult> BeginAsync(
        HttpContext context, VisitorTokens tokens, IdentityTokens identities, LiveChatSettings settings, IGrainClient grains, TimeProvider time,
        CancellationToken cancellation)
    {
        if (!settings.MayUse(context.Request))
            throw Problems.OriginRefused();
        var asked = context.Request.HasJsonContentType() ? (await Body<SessionRequest>.ReadAsync(context)).Value : null;
        if (asked?.IdentityToken is not { } token)
            return Json.Created(tokens.Issue(), GatewayJson.Wire.SessionStarted);

        var customer = identities.Read(token, context.Request.Headers.Origin.ToString());
        var session = tokens.IssueForCustomer(customer.Subject);
        await IntroduceAsync(grains, session.Visitor, customer, cancellation);
        await grains.AskForAsync<Done>(Grain.Address(ChannelNames.Chat, session.Visitor), new Vouch(Named(customer, settings.Current, time.GetUtcNow())), cancellation);
        return Json.Created(session, GatewayJson.Wire.SessionStarted);
    }

    /// <summary>Whom the site names, if that is to count as a proof; null: nobody whom the order system could know.</summary>
    private static VouchedCustomer? Named(VerifiedIdentity customer, ChatSettings settings, DateTimeOffset now) =>
        settings.IdentityProves && (customer.ShopCustomerId ?? customer.Email) is not null
            ? new VouchedCustomer(customer.ShopCustomerId, customer.Email, now, now + ProofHolds)
            : null;

    /// <summary>Whoever has a mail address is the customer of that address on every channel: agents see their record.</summary>
    private static async Task IntroduceAsync(IGrainClient grains, string visitor, VerifiedIdentity customer, CancellationToken cancellation)
    {
        var address = Grain.Address(ChannelNames.Chat, visitor);
        var owner = customer.Email?.ToLowerInvariant() is { } email ? Grain.Address(ChannelNames.Email, email) : address;
        var id = (await grains.AskForAsync<AddressOwner>(owner, new ResolveAddress(), cancellation)).CustomerId;
        if (owner != address)
            await grains.AskForAsync<Done>(address, new LinkAddress(id), cancellation);
        if (customer is not { Email: null, Name: null, Language: null })
            await grains.AskForAsync<Done>(Grain.Customer(id), new UpdateProfile(customer.Name, customer.Email, null, customer.Language, null), cancellation);
    }
}
