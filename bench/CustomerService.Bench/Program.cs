using CustomerService.Bench;

return await BenchCommandLine.RunAsync(args);
