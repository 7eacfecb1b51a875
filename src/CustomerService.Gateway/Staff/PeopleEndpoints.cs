using System.Collections.Immutable;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains.Staff;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Staff;

/// <summary>Who works here and what they may do, and the tokens of programs.</summary>
internal static class PeopleEndpoints
{
    public static void Map(RouteGroupBuilder staff)
    {
        var people = staff.MapGroup("/people").WithTags("People");

        people.MapGet("", async (HttpContext context, StaffAccounts accounts, CancellationToken cancellation) =>
                Json.Ok(PeopleList.Of(await accounts.ListAsync(context.StaffMember(), cancellation)), GatewayJson.Wire.PeopleList))
            .For(Permission.SeePeople)
            .WithSummary("List who works here")
            .WithDescription("Everybody with their roles, and every program's token without the token itself, by id.")
            .Produces<PeopleList>()
            .WithExamples(null, StaffExamples.PeopleList)
            .Fails(401, 403);

        people.MapPost("", AddAsync)
            .For(Permission.ManagePeople)
            .WithSummary("Add somebody")
            .WithDescription("Answers with a password to begin with, which is shown nowhere again and has to be changed at the first sign-in.")
            .Produces<FirstPassword>(201)
            .WithExamples(StaffExamples.NewPerson, StaffExamples.FirstPassword)
            .Fails(400, 401, 403, 409, 413, 415, 422);

        people.MapPut("/{id}/roles", (string id, Body<RoleChange> body, HttpContext context, StaffAccounts accounts, CancellationToken cancellation) =>
                DoneAsync(accounts.ChangeRolesAsync(context.StaffMember(), Ids.Checked("id", id)!, RolesIn(body.Value.Roles), cancellation)))
            .For(Permission.ManagePeople)
            .WithSummary("Say what somebody may do")
            .WithDescription("Instead of the roles that they have. Their sessions are over. Refused for the only administrator.")
            .Produces(204)
            .WithExamples(StaffExamples.RoleChange, null)
            .Fails(400, 401, 403, 404, 409, 413, 415, 422);

        people.MapPost("/{id}/reset-password", async (string id, HttpContext context, StaffAccounts accounts, CancellationToken cancellation) => Json.Ok(
                new FirstPassword(id, await accounts.ResetPasswordAsync(context.StaffMember(), Ids.Checked("id", id)!, cancellation)), GatewayJson.Wire.FirstPassword))
            .For(Permission.ManagePeople)
            .WithSummary("Give somebody a new password to begin with")
            .WithDescription("The old one holds no longer, their sessions are over, and so is a lockout.")
            .Produces<FirstPassword>()
            .WithExamples(null, StaffExamples.FirstPassword)
            .Fails(400, 401, 403, 404);

        Act(people, "/{id}/reset-second-factor", (accounts, who, id, cancellation) => accounts.ResetSecondFactorAsync(who, id, cancellation))
            .WithSummary("Take somebody's second factor away")
            .WithDescription("When the device and the recovery codes are lost. The password alone is enough until they set another one up.");

        Act(people, "/{id}/disable", (accounts, who, id, cancellation) => accounts.DisableAsync(who, id, cancellation))
            .WithSummary("Let somebody in no more")
            .WithDescription("Their sessions are over. What they did stays. Refused for the only administrator.");

        Act(people, "/{id}/enable", (accounts, who, id, cancellation) => accounts.EnableAsync(who, id, cancellation))
            .WithSummary("Let somebody in again")
            .WithDescription("With the password and roles that they had.");

        MapTokens(staff.MapGroup("/tokens").WithTags("People"));
    }

    private static void MapTokens(RouteGroupBuilder tokens)
    {
        tokens.MapPost("", IssueAsync)
            .For(Permission.ManageTokens)
            .WithSummary("Issue a token for a program")
            .WithDescription("It may do what its roles may, in the name of the agents whom it says. The token is shown nowhere again.")
            .Produces<IssuedToken>(201)
            .WithExamples(StaffExamples.NewToken, StaffExamples.IssuedToken)
            .Fails(400, 401, 403, 409, 413, 415, 422);

        tokens.MapPost("/{id}/revoke", (string id, HttpContext context, ApiTokens issued, CancellationToken cancellation) =>
                DoneAsync(issued.RevokeAsync(context.StaffMember(), Ids.Checked("id", id)!, cancellation)))
            .For(Permission.ManageTokens)
            .WithSummary("Revoke a program's token")
            .WithDescription("For good, within two seconds, also on sockets that are open.")
            .Produces(204)
            .WithExamples(null, null)
            .Fails(400, 401, 403, 404);
    }

    private static RouteHandlerBuilder Act(RouteGroupBuilder people, string path, Func<StaffAccounts, StaffMember, string, CancellationToken, ValueTask> act) => people
        .MapPost(path, (string id, HttpContext context, StaffAccounts accounts, CancellationToken cancellation) =>
            DoneAsync(act(accounts, context.StaffMember(), Ids.Checked("id", id)!, cancellation)))
        .For(Permission.ManagePeople)
        .Produces(204)
        .WithExamples(null, null)
        .Fails(400, 401, 403, 404, 409);

    private static async Task<IResult> AddAsync(Body<NewPerson> body, HttpContext context, StaffAccounts accounts, CancellationToken cancellation)
    {
        var (id, asked) = (IdIn(body.Value.Id), body.Value);
        var password = await accounts.AddAsync(context.StaffMember(), id, asked.Name ?? id, asked.Email, RolesIn(asked.Roles), cancellation);
        return Json.Created(new FirstPassword(id, password), GatewayJson.Wire.FirstPassword);
    }

    private static async Task<IResult> IssueAsync(Body<NewToken> body, HttpContext context, ApiTokens issued, CancellationToken cancellation)
    {
        var (id, asked) = (IdIn(body.Value.Id), body.Value);
        var token = await issued.IssueAsync(context.StaffMember(), id, asked.Name ?? id, RolesIn(asked.Roles), asked.ExpiresAt, cancellation);
        return Json.Created(new IssuedToken(id, token), GatewayJson.Wire.IssuedToken);
    }

    private static async Task<IResult> DoneAsync(ValueTask done)
    {
        await done;
        return Results.NoContent();
    }

    private static string IdIn(string? id) => Ids.Checked("id", id) ?? throw Problems.InvalidField("id", "The field 'id' is missing.");

    private static ImmutableArray<Role> RolesIn(ImmutableArray<string>? names)
    {
        try
        {
            return RoleNames.Parse(names ?? []);
        }
        catch (FormatException fault)
        {
            throw Problems.InvalidField("roles", fault.Message);
        }
    }
}
