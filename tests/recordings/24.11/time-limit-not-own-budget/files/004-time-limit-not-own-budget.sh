#!/bin/bash
echo started
sleep 900
