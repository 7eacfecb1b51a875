using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Staff;

/// <summary>Customers: what is known about them, and which addresses are theirs.</summary>
internal static class CustomerEndpoints
{
    public static void Map(RouteGroupBuilder staff)
    {
        var customer = staff.MapGroup("/customers/{id}").WithTags("Customers");

        customer.MapGet("", (string id, IGrainClient grains, CancellationToken cancellation) => ViewAsync(grains, id, cancellation))
            .For(Permission.SeeConversations)
            .WithSummary("Read a customer's record")
            .WithDescription("Profile, the last interactions over all channels, and which agent served them last. A customer whom nobody has met has an empty one.")
            .Produces<CustomerView>()
            .WithExamples(null, Examples.CustomerView)
            .Fails(400, 401, 403);

        customer.MapPut("", UpdateAsync)
            .For(Permission.EditCustomers)
            .WithSummary("Set what is known about a customer")
            .WithDescription("What is left out stays as it is. The tier ('standard', 'silver', 'gold' or 'platinum') decides about routing.")
            .Produces<CustomerView>()
            .WithExamples(Examples.CustomerSettings, Examples.CustomerView)
            .Fails(400, 401, 403, 413, 415, 422);

        customer.MapPut("/addresses/{channel}/{address}", LinkAsync)
            .For(Permission.EditCustomers)
            .WithSummary("Say that an address is this customer's")
            .WithDescription("From the next message on, whoever writes from it is this customer. For chat the address is the visitor.")
            .Produces(204)
            .WithExamples(null, null)
            .Fails(400, 401, 403, 422);
    }

    private static async Task<IResult> UpdateAsync(
        string id, Body<CustomerSettings> body, HttpContext context, IGrainClient grains, CancellationToken cancellation)
    {
        var settings = body.Value;
        var command = new UpdateProfile(settings.Name, settings.Email, settings.Tier, settings.Language, settings.PreferredTone);
        await context.ActAsync(Grain.Customer(Ids.Checked("id", id)!), command, cancellation);
        return await ViewAsync(grains, id, cancellation);
    }

    private static Task<IResult> LinkAsync(string id, string channel, string address, HttpContext context, CancellationToken cancellation) => context.ActAsync(
        Grain.Address(Ids.Checked("channel", channel)!, Uri.UnescapeDataString(address)), new LinkAddress(Ids.Checked("id", id)!), cancellation);

    private static async Task<IResult> ViewAsync(IGrainClient grains, string id, CancellationToken cancellation) =>
        Json.Ok(await grains.AskForAsync<CustomerView>(Grain.Customer(Ids.Checked("id", id)!), new GetCustomer(), cancellation), GatewayJson.Wire.CustomerView);
}
