#pragma warning disable VSTHRD002 // Nothing is waited for: there is one thread, and whoever is not ready yet is a bug that is told.
namespace CustomerService.Simulation.Hosting;

/// <summary>In a simulation everything asynchronous answers at once, on the one thread that there is.</summary>
internal static class AtOnce
{
    public static T Of<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : throw Waits();

    public static T Of<T>(Task<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : throw Waits();

    public static void Of(ValueTask task)
    {
        if (!task.IsCompleted)
            throw Waits();
        task.GetAwaiter().GetResult();
    }

    public static void Of(Task task) => Of(new ValueTask(task));

    private static InvalidOperationException Waits() => new("In a simulation everything answers at once; something waits.");
}
