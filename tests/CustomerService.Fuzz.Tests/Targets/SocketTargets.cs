using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using CustomerService.Fuzz.Tests.Fuzzing;
using CustomerService.Gateway.Sockets;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Staff;
using CustomerService.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Fuzz.Tests.Targets;

/// <summary>A WebSocket's bytes through the real framing, the real frame reader and the real session, without the network.</summary>
internal abstract class SocketTarget : FuzzTarget
{
    private readonly HostileGateway _gateway = new();
    private readonly byte[][] _seeds;

    protected SocketTarget(string name, byte[][] seeds)
        : base(name, 90)
    {
        _seeds = seeds;
        AllocatedPerByte = 2_000; // each frame of some bytes has an answer of its own
    }

    public override byte[] Make(Random random) => FrameWire.Make(random, _seeds);

    public override async ValueTask<FuzzOutcome> TryAsync(byte[] input)
    {
        var gateway = await _gateway.OpenAsync();
        await using var stream = new OneWayStream(input);
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        using var frames = new FrameStream(socket, RunningGateway.Options, TimeProvider.System);
        try
        {
            await RunAsync(gateway, frames, stream.Gone);
        }
        catch (Exception fault) when (fault is SocketClosing or WebSocketException or OperationCanceledException or IOException)
        {
            // What its endpoint expects.
        }

        _gateway.Check();
        return new FuzzOutcome(Told(stream.Told.ToArray()));
    }

    protected override ValueTask CloseAsync() => _gateway.DisposeAsync();

    protected abstract Task RunAsync(RunningGateway gateway, FrameStream frames, CancellationToken gone);

    private static string Told(byte[] bytes)
    {
        var told = Encoding.Latin1.GetString(bytes);
        return told.Contains("\"type\":\"accepted\"", StringComparison.Ordinal) || told.Contains("\"type\":\"done\"", StringComparison.Ordinal) ? "taken"
            : told.Contains("\"type\":\"error\"", StringComparison.Ordinal) ? "refused"
            : "neither";
    }
}

internal sealed class ChatSocketTarget() : SocketTarget("chat-socket", FrameWire.Customer)
{
    private int _visitors;

    protected override async Task RunAsync(RunningGateway gateway, FrameStream frames, CancellationToken gone)
    {
        var number = ++_visitors;
        await using var chat = new ChatSocket(frames, gateway.Services.GetRequiredService<ChatSocketParts>(), new Caller.Visitor($"v-{number}"), $"c-{number}", 0, null, null);
        await chat.RunAsync(CancellationToken.None, gone);
    }
}

internal sealed class AgentSocketTarget() : SocketTarget("agent-socket", FrameWire.Agent)
{
    private static readonly StaffMember Member = StaffMember.System("fuzz", Role.Supervisor);
    private int _agents;

    protected override async Task RunAsync(RunningGateway gateway, FrameStream frames, CancellationToken gone)
    {
        var agent = $"agent-{++_agents}";
        await gateway.World.AskAsync(Grain.Agent(agent), new ConfigureAgent(agent, ["general"], [], 1) { Id = "configure" }, CancellationToken.None);
        var parts = gateway.Services.GetRequiredService<AgentSocketParts>();
        await new AgentSocket(frames, parts, Member, parts.ConnectionOf(Member, agent), agent).RunAsync(CancellationToken.None, gone);
    }
}

/// <summary>The same over real sockets, handshake included, and now and then the handshake itself is changed.</summary>
internal sealed class LiveSocketTarget() : FuzzTarget("live-socket", 10)
{
    private static readonly byte[][] Words = Mutation.Words("\r\n", ": ", "Upgrade", "websocket", "HTTP/1.1", "GET ", "?after=-1", "?conversation=", "%00", "token.", ", ", "\0", "Sec-WebSocket-Key: ", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n");
    private readonly HostileGateway _gateway = new();

    public override byte[] Make(Random random)
    {
        var isAgent = random.Next(2) == 0;
        var handshake = Encoding.ASCII.GetBytes(
            $"GET {(isAgent ? "/api/agents/ada/socket" : "/api/chat/socket")} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + $"Sec-WebSocket-Protocol: {(isAgent ? $"agent.v1, token.{RunningGateway.AgentToken}" : "chat.v1")}\r\n\r\n");
        var isChanged = random.Next(6) == 0;
        if (isChanged)
            handshake = Mutation.Of(random, handshake, handshake, Words, 3);
        var frames = isAgent ? FrameWire.Make(random, FrameWire.Agent) : [.. Hello, .. FrameWire.Make(random, FrameWire.Customer)];
        return [(byte)(isChanged ? 0 : 1), .. handshake, .. frames];
    }

    public override async ValueTask<FuzzOutcome> TryAsync(byte[] input)
    {
        var gateway = await _gateway.OpenAsync();
        await gateway.World.AskAsync(Grain.Agent("ada"), new ConfigureAgent("Ada", ["general"], [], 1) { Id = "configure" }, CancellationToken.None);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", gateway.Address.Port);
        var answer = new StringBuilder();
        try
        {
            var handshake = input[0] == 0 ? 1 : input.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
            await client.SendAsync(input.AsMemory(1, handshake - 1));
            // Only what is right is sure to be answered.
            while (input[0] != 0 && !answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await ReadAsync(client, answer))
            {
            }

            await client.SendAsync(input.AsMemory(handshake));
            client.Shutdown(SocketShutdown.Send);
            while (await ReadAsync(client, answer))
            {
            }
        }
        catch (SocketException)
        {
            // It was cut, as whoever breaks the protocol may be.
        }

        client.LingerState = new LingerOption(true, 0);
        _gateway.Check();
        var told = answer.ToString();
        return told.StartsWith("HTTP/1.1 500", StringComparison.Ordinal)
            ? throw new FuzzFinding(told)
            : new FuzzOutcome(told.StartsWith("HTTP/1.1 101", StringComparison.Ordinal) ? "opened" : told.Length == 0 ? "cut" : "not opened");
    }

    private static async Task<bool> ReadAsync(Socket client, StringBuilder answer)
    {
        var bytes = new byte[4096];
        var read = await client.ReceiveAsync(bytes);
        answer.Append(Encoding.Latin1.GetString(bytes, 0, read));
        return read > 0;
    }

    protected override ValueTask CloseAsync() => _gateway.DisposeAsync();

    /// <summary><c>{"type":"hello"}</c>, masked with zeros.</summary>
    private static readonly byte[] Hello = [0x81, 0x80 | 16, 0, 0, 0, 0, .. "{\"type\":\"hello\"}"u8];
}
