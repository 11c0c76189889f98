#!/bin/bash
for i in $(seq 1 100); do
    echo "iteration $i of 100"
    sleep 3
done
