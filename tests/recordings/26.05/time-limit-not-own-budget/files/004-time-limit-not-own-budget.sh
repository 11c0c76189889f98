#!/bin/bash
echo started
sleep 3000
