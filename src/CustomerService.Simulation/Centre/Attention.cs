namespace CustomerService.Simulation.Centre;

/// <summary>
/// How conversations share one agent. A conversation takes a part of the agent's attention while the customer reads and types in the
/// rest, so two chats do not take twice as long. One of several goes on at a speed of 1 / (1 + the attention that the others take):
/// two chats at 50 % each at two thirds of the full speed, so that the agent gets 1.33 times as much done; however many there are, never
/// more than twice as much.
/// </summary>
internal static class Attention
{
    /// <param name="own">The attention that this conversation takes, 0…1.</param>
    /// <param name="all">The attention that all on the desk take, this one included.</param>
    public static double Speed(double own, double all) => 1 / (1 + Math.Max(0, all - own));
}
